package mqworkbook.cli.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the command line prints: in colour and with passing lines on a terminal, plain and complete in a pipe. */
public final class Terminal {

    private static final int ROWS = 24;
    private static final int ROWS_LEAST = 5;

    private final PrintStream out;
    private final BufferedReader in;
    private final boolean interactive;
    private final boolean coloured;
    private boolean passing;

    /**
     * A terminal.
     *
     * @param interactive whether somebody watches: passing lines are shown
     * @param coloured whether colours may be used
     */
    public Terminal(PrintStream out, boolean interactive, boolean coloured) {
        this(out, InputStream.nullInputStream(), interactive, coloured);
    }

    /** The same, with somebody who answers. */
    public Terminal(PrintStream out, InputStream in, boolean interactive, boolean coloured) {
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.interactive = interactive;
        this.coloured = coloured;
    }

    /** The standard output. The launcher tells whether it is a terminal; NO_COLOR is respected (no-color.org). */
    public static Terminal standard() {
        boolean interactive = Boolean.getBoolean("workbook.terminal");
        String noColor = System.getenv("NO_COLOR");
        return new Terminal(System.out, System.in, interactive, interactive && (noColor == null || noColor.isEmpty()));
    }

    /** One that shows nothing: for a command whose output is for a program. */
    public static Terminal silent() {
        return new Terminal(new PrintStream(OutputStream.nullOutputStream()), false, false);
    }

    /** Asks whoever watches; empty where nobody does, or nobody answers. */
    public synchronized Optional<String> ask(String question) {
        if (!interactive) {
            return Optional.empty();
        }
        clear();
        out.print(question);
        out.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Prints a line that stays. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Shows a line until the next one; nothing in a pipe. */
    public synchronized void passing(String text) {
        if (interactive) {
            clear();
            // Short enough not to wrap, or it could not be cleared.
            out.print(text.length() > 78 ? text.substring(0, 75) + "..." : text);
            out.flush();
            passing = true;
        }
    }

    /**
     * Shows these lines in the place of everything on the screen; what does not fit is counted in its last line. In a pipe it
     * prints them.
     */
    public synchronized void screen(List<String> lines) {
        if (!interactive) {
            lines.forEach(out::println);
            out.flush();
            return;
        }
        int rows = rows();
        List<String> shown = lines;
        if (lines.size() >= rows) {
            int room = Math.max(1, rows - 2);
            shown = new ArrayList<>(lines.subList(0, room));
            shown.add("... and " + (lines.size() - room) + " lines more: a higher window shows them");
        }
        // Each line is cleared as it is written, and what is left below at the end: a cleared screen would flicker.
        StringBuilder text = new StringBuilder("\u001b[H");
        shown.forEach(line -> text.append(line).append("\u001b[K").append(System.lineSeparator()));
        out.print(text + "\u001b[J");
        out.flush();
        passing = false;
    }

    /** As the terminal says, also after its window has changed; where it does not say, 24. */
    private static int rows() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader size =
                    new BufferedReader(new InputStreamReader(stty.getInputStream(), Charset.defaultCharset()))) {
                String line = size.readLine();
                return line == null ? ROWS : Math.max(ROWS_LEAST, Integer.parseInt(line.split(" ")[0]));
            }
        } catch (IOException | NumberFormatException e) {
            return ROWS;
        }
    }

    /** The stream itself. Whoever prints to it while passing lines are shown takes {@link #shared()}. */
    public synchronized PrintStream stream() {
        clear();
        return out;
    }

    /** A stream for the output of others, as it comes: a passing line makes room for it. */
    public PrintStream shared() {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        write(new byte[] {(byte) one}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) {
                        synchronized (Terminal.this) {
                            clear();
                            out.write(bytes, from, count);
                            out.flush();
                        }
                    }
                },
                true);
    }

    public boolean interactive() {
        return interactive;
    }

    public boolean coloured() {
        return coloured;
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void clear() {
        if (passing) {
            out.print("\r\u001b[K");
            passing = false;
        }
    }
}

package mqworkbook.cli.watch;

import java.time.Duration;
import java.util.Locale;
import mqworkbook.cli.host.Terminal;

/** What the learner sees of a watch: on a terminal one verdict at a time, in a pipe all of them, one after the other. */
public class Screen {

    /** Up to the left upper corner, and nothing below; what has scrolled out of sight stays. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Terminal terminal;

    public Screen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A check begins, or will in a moment. */
    void checking() {
        if (terminal.interactive()) {
            terminal.passing("Checking ...");
        } else {
            terminal.line("Checking ...");
        }
    }

    /** What the check is at; told on a terminal only. */
    void progress(String what) {
        terminal.passing("Checking: " + what);
    }

    /** The end of a check. */
    void verdict(Verdict verdict, String announcement, Duration duration) {
        if (terminal.interactive()) {
            terminal.stream().print(CLEAR);
        }
        if (!announcement.isEmpty()) {
            terminal.line(terminal.green(announcement));
        }
        terminal.line(verdict.text().stripTrailing());
        keys(String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0));
    }

    /** The line with the keys, which is the last one. */
    void keys(String note) {
        terminal.line("");
        terminal.line(terminal.faint(Key.line() + (note.isEmpty() ? "" : "   (" + note + ")")));
    }

    void line(String text) {
        terminal.line(text);
    }
}

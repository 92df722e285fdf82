package mqworkbook.cli.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small process that puts the terminal's settings back when this one is killed, which cannot do it itself then. It
 * leaves them alone when somebody else has changed them meanwhile: a shell that shows its prompt again. Does nothing where
 * there is no {@code stty}.
 */
final class TerminalGuard implements AutoCloseable {

    private static final Path SHELL = Path.of("/bin/sh");

    private static final String SCRIPT = """
            trap '' INT HUP TERM QUIT TSTP TTIN TTOU
            before=$(stty -g </dev/tty) || exit
            echo
            read -r go || exit
            changed=$(stty -g </dev/tty)
            echo
            cat >/dev/null
            if [ "$(stty -g </dev/tty)" = "$changed" ]; then stty "$before" </dev/tty; fi
            """;

    private final Process process;

    private TerminalGuard(Process process) {
        this.process = process;
    }

    /** Remembers the settings as they are. */
    static TerminalGuard begin() {
        if (!Files.isExecutable(SHELL)) {
            return new TerminalGuard(null);
        }
        try {
            Process process = new ProcessBuilder(SHELL.toString(), "-c", SCRIPT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            TerminalGuard guard = new TerminalGuard(process);
            guard.awaitLine();
            return guard;
        } catch (IOException e) {
            return new TerminalGuard(null);
        }
    }

    /** The settings have been changed, and are to be put back. */
    void changed() {
        if (process != null) {
            try {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
                awaitLine();
            } catch (IOException ended) {
                // Then nobody will put them back after a kill.
            }
        }
    }

    private void awaitLine() throws IOException {
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII), 1).readLine();
    }

    @Override
    public void close() {
        if (process != null) {
            try {
                process.getOutputStream().close();
                process.waitFor();
            } catch (IOException ended) {
                // There is nothing left to do for it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

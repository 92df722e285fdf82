package mqworkbook.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;

/**
 * What one command line did.
 *
 * @param output everything that it printed
 */
record Shell(int exitCode, String output) {

    /** Runs the command line in this JVM, as in a pipe. */
    static Shell run(Workspace workspace, String... args) {
        return run(workspace, "", false, args);
    }

    /** The same, as on a terminal without colours, where somebody types this. */
    static Shell typing(Workspace workspace, String typed, String... args) {
        return run(workspace, typed, true, args);
    }

    private static Shell run(Workspace workspace, String typed, boolean interactive, String... args) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        InputStream input = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        int exitCode = Main.run(workspace, new Terminal(stream, input, interactive, false), args);
        return new Shell(exitCode, output.toString(StandardCharsets.UTF_8));
    }
}

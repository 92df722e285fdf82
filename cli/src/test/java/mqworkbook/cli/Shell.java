package mqworkbook.cli;

import java.io.ByteArrayOutputStream;
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
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(workspace, new Terminal(stream, false, false), args);
        return new Shell(exitCode, output.toString(StandardCharsets.UTF_8));
    }
}

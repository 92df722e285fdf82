package mqworkbook.workbench.run;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Takes what a run prints: a file of its own, or the process's output. */
final class Console implements AutoCloseable {

    private final PrintStream before;
    private final PrintStream during;

    private Console(PrintStream before, PrintStream during) {
        this.before = before;
        this.during = during;
        System.setOut(during);
        System.setErr(during);
    }

    /** Redirects both standard streams to the file, or to the process's output where the file is null. */
    static Console to(File file, PrintStream output) throws IOException {
        if (file == null) {
            return new Console(output, output);
        }
        Files.createDirectories(file.toPath().getParent());
        return new Console(output, new PrintStream(Files.newOutputStream(file.toPath()), true, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        System.setOut(before);
        System.setErr(before);
        if (during != before) {
            during.close();
        }
    }
}

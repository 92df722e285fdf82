package mqworkbook.workbench.brokers.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.brokers.guard.Guard;

/**
 * A server as a child process of this run. It holds the read end of a pipe as its standard input and is expected to
 * stop when that pipe closes; its output goes to a file. It ends with the run, whatever happens.
 */
public final class ServerProcess {

    private final Guard guard;
    private final Process process;
    private final Path console;

    private ServerProcess(Guard guard, Process process, Path console) {
        this.guard = guard;
        this.process = process;
        this.console = console;
    }

    /**
     * Starts it.
     *
     * @param console where its standard output and error go; overwritten
     */
    public static ServerProcess start(Guard guard, ProcessBuilder builder, Path console) throws IOException {
        File output = console.toFile();
        Process process = guard.start(builder.redirectErrorStream(true).redirectOutput(output));
        return new ServerProcess(guard, process, console);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Whether that process is this one or was started by it. */
    public boolean owns(long pid) {
        return process.pid() == pid || process.descendants().anyMatch(descendant -> descendant.pid() == pid);
    }

    /** All that it has printed so far; empty when that cannot be read. */
    public String output() {
        return read(console);
    }

    /** Text of a file that another process writes to, as far as it can be read. */
    public static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            return "";
        }
    }

    /** Closes its standard input and waits for it to stop; ends it with all its descendants after {@code patience}. */
    public void stop(Duration patience) {
        try {
            process.getOutputStream().close();
        } catch (IOException pipeGone) {
            // It is dead already, or dies below.
        }
        awaitEnd(patience);
        kill();
    }

    /**
     * Gives it an order as one line on its standard input, after which it is expected to stop in good order; ends it
     * with all its descendants after {@code patience}.
     */
    public void stopBy(String order, Duration patience) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((order + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException pipeGone) {
            // It is dead already, or dies below.
        }
        awaitEnd(patience);
        kill();
    }

    /** Ends it at once, with all its descendants, as a power failure would. */
    public void kill() {
        guard.release(process);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Duration patience) {
        try {
            process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "process " + process.pid();
    }
}

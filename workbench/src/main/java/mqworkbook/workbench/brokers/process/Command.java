package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A short command of the system, its output collected, in English and under a time limit. */
public final class Command {

    private final ProcessBuilder builder;

    private Command(ProcessBuilder builder) {
        this.builder = builder.redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
    }

    /** The command with its arguments, never through a shell. */
    public static Command of(String... words) {
        return of(List.of(words));
    }

    /** The command with its arguments, never through a shell. */
    public static Command of(List<String> words) {
        return new Command(new ProcessBuilder(words));
    }

    /** A command that is put together already. */
    public static Command of(ProcessBuilder builder) {
        return new Command(builder);
    }

    public Command in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    public Command environment(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    /** What it came to. {@code exit} is -1 when the limit was exceeded; output holds standard output and error. */
    public record Result(int exit, String output) {

        public boolean succeeded() {
            return exit == 0;
        }

        /** The last line that says anything. */
        public String lastLine() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty()
                    ? "exit code " + exit
                    : lines.get(lines.size() - 1).strip();
        }
    }

    /** Runs it to its end; kills it with its descendants after {@code limit}. */
    public Result run(Duration limit) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String text = output.get(5, TimeUnit.SECONDS);
            return new Result(ended ? process.exitValue() : -1, text);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            return new Result(-1, "");
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }
}

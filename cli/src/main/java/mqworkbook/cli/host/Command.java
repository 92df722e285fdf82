package mqworkbook.cli.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A program of the machine that is run to its end. */
public final class Command {

    private final List<String> words;
    private final Path directory;
    private final boolean errors;
    private final Map<String, String> environment;
    private final String input;

    private Command(List<String> words, Path directory, boolean errors, Map<String, String> environment, String input) {
        this.words = words;
        this.directory = directory;
        this.errors = errors;
        this.environment = environment;
        this.input = input;
    }

    /** A command that starts in the folder. */
    public static Command in(Path directory, List<String> words) {
        return new Command(List.copyOf(words), directory, true, Map.of(), "");
    }

    /** The same command, of which only the standard output is read. */
    public Command withoutErrors() {
        return new Command(words, directory, false, environment, input);
    }

    /** The same command with these variables in its environment. */
    public Command with(Map<String, String> environment) {
        return new Command(words, directory, errors, Map.copyOf(environment), input);
    }

    /** The same command, which reads this text; a short one, since it is written before anything is read. */
    public Command reading(String input) {
        return new Command(words, directory, errors, environment, input);
    }

    /**
     * What came of it.
     *
     * @param exitCode 0 when it succeeded; -1 when it could not be started
     * @param lines what it printed, with its error output unless that was left out
     */
    public record Result(int exitCode, List<String> lines) {

        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs it. */
    public Result run() {
        return run(line -> {});
    }

    /** Runs it, and passes on each line as it comes. */
    public Result run(Consumer<String> watcher) {
        List<String> lines = new ArrayList<>();
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(errors);
            if (!errors) {
                builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            }
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
                output.lines().forEach(line -> {
                    lines.add(line);
                    watcher.accept(line);
                });
            }
            return new Result(process.waitFor(), lines);
        } catch (IOException e) {
            return new Result(-1, List.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, lines);
        }
    }
}

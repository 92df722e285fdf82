package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.cli.host.Command;
import mqworkbook.cli.host.Maven;

/**
 * The build that a lesson's run needs, with everything but the run. The references are built, since a learner's code need
 * not compile; JUnit only plans the tests ({@code dryRun}), so that Surefire fetches what it fetches no sooner than a
 * test, and no broker starts.
 */
final class LessonsBuild {

    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[\\d+/\\d+]");

    private final Path root;
    private final Path log;

    /**
     * A build.
     *
     * @param root the checkout's, or a copy's
     * @param log takes all that Maven says
     */
    LessonsBuild(Path root, Path log) {
        this.root = root;
        this.log = log;
    }

    /** Maven's arguments for it, besides those that choose modules and repositories. */
    static List<String> arguments() {
        return List.of(
                "test",
                "-ntp",
                "-Psolutions",
                "-Djunit.platform.execution.dryRun.enabled=true",
                // jqwik knows no dry run.
                "-Dsurefire.includeJUnit5Engines=junit-jupiter");
    }

    /**
     * Runs Maven.
     *
     * @param watcher is told each module
     * @throws PartFailedException with the command that mends it
     */
    void run(Maven maven, List<String> arguments, Consumer<String> watcher) {
        Command.Result result = maven.run(root, new ArrayList<>(arguments), line -> {
            Matcher module = MODULE.matcher(line);
            if (module.find()) {
                watcher.accept(module.group(1));
            }
        });
        try {
            Files.createDirectories(log.getParent());
            Files.write(log, result.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!result.succeeded()) {
            throw new PartFailedException(MavenTrouble.in(result.lines(), log.toString()));
        }
    }
}

package mqworkbook.cli.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.soak.Durations;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.kept.Keeper;

/**
 * Measures the time from a save to the verdict of the watch, and, turn by turn with it, that of Maven for the same save.
 * Brokers are up for the watch, and it has had the time to start its spare JVM; Maven starts its own brokers, as it does.
 */
public final class WatchTimes {

    private final Workspace workspace;
    private final LessonFiles lesson;
    private final LessonCheck check;
    private final Terminal terminal;
    private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();

    /** A measurement of the learner's code as it is. */
    public WatchTimes(Workspace workspace, LessonFiles lesson, LessonCheck check, Terminal terminal) {
        this.workspace = workspace;
        this.lesson = lesson;
        this.check = check;
        this.terminal = terminal;
    }

    /** Measures and prints the table. */
    public void measure(int rounds) throws InterruptedException {
        Maven maven = Maven.of(workspace.root());
        List<Duration> watch = new ArrayList<>();
        List<Duration> test = new ArrayList<>();
        Screen screen = new Screen(Terminal.silent()) {
            @Override
            void verdict(Verdict verdict, String announcement, Duration duration) {
                super.verdict(verdict, announcement, duration);
                verdicts.add(verdict);
            }
        };
        try (WatchLoop loop = new WatchLoop(check, Map.of(), screen);
                SourceWatch sources = SourceWatch.of(lesson, loop::saved)) {
            Thread looping = new Thread(() -> run(loop), "watch-loop");
            looping.start();
            terminal.passing("Warming up ...");
            Verdict verdict = verdicts.take();
            check.awaitSpare();
            test(maven);
            for (int round = 1; round <= rounds; round++) {
                terminal.passing("Measuring, " + round + " of " + rounds + " ...");
                long start = System.nanoTime();
                save();
                verdict = verdicts.take();
                watch.add(Duration.ofNanos(System.nanoTime() - start));
                check.awaitSpare();
                test.add(test(maven));
            }
            loop.pressed(Key.QUIT);
            looping.join();
            tell(rounds, verdict, watch, test);
        }
    }

    private static void run(WatchLoop loop) {
        try {
            loop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save() {
        try {
            Path file = Snapshot.of(lesson.skeleton()).files().keySet().stream()
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no file in " + lesson.skeleton()));
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration test(Maven maven) {
        long start = System.nanoTime();
        maven.run(
                workspace.root(),
                List.of("-o", "-q", "test", "-pl", "lessons/" + lesson.name(), "-D" + Keeper.PROPERTY + "=false"),
                line -> {});
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void tell(int rounds, Verdict verdict, List<Duration> watch, List<Duration> test) {
        String state = verdict.step() > 0
                ? "step " + verdict.step()
                : verdict.kind().name().toLowerCase(Locale.ROOT);
        Durations watched = new Durations(watch);
        Durations tested = new Durations(test);
        terminal.line("From a save to the verdict, lesson " + lesson.name() + ", " + state + ", " + rounds + " times");
        terminal.line("  watch           " + watched.summary());
        terminal.line("  mvn -o -q test  " + tested.summary());
        terminal.line(String.format(
                Locale.ROOT,
                "  ratio           %.1f (of the medians)",
                tested.median().toMillis() / (double) watched.median().toMillis()));
    }
}

package mqworkbook.cli.watch;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.bench.LessonBrokers;
import mqworkbook.cli.bench.LessonClassPath;
import mqworkbook.cli.bench.LessonJudge;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.RunEvent;
import mqworkbook.workbench.run.RunRequest;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;

/**
 * Judges the learner's code of one lesson again and again, without anything that need not be done again: brokers stay up,
 * tests stay compiled, and the next JVM waits. What a run finds counts as the learner's result.
 */
public final class LessonCheck implements Check, AutoCloseable {

    private static final String OUTLOOK = """
              Compare  s shows your code against the reference, and what else would do
              Next     q, then ./workbook watch
            """;

    private final LessonFiles lesson;
    private final LessonBench bench;
    private final LessonBuild build;
    private final WarmBrokers brokers;
    private final SpareJudges judges;
    private final FailedFirst failedFirst;
    private final Path console;
    private final PrintStream log;
    private final Supplier<String> standing;

    /**
     * Begins to start brokers and the first JVM.
     *
     * @param folder for everything that is made; nobody else may use it
     * @param properties system properties for the runs
     * @param standing tells in a line how far the last run was; shown when one could not be made
     */
    public LessonCheck(
            Workspace workspace,
            LessonFiles lesson,
            Path folder,
            Map<String, String> properties,
            Supplier<String> standing) {
        this.lesson = lesson;
        this.standing = standing;
        this.failedFirst = new FailedFirst(lesson);
        this.console = folder.resolve("console.txt");
        this.log = log(folder);
        List<Path> libraries = LessonClassPath.of(lesson);
        bench = LessonBench.ofLearner(lesson, folder, libraries);
        build = new LessonBuild(lesson, bench);
        judges = new SpareJudges(flags -> LessonJudge.of(lesson, flags, libraries, properties, log), folder);
        brokers = new WarmBrokers(
                workspace.state(),
                workspace.state().resolve("watch").resolve(lesson.name()),
                properties,
                LessonBrokers.of(lesson));
        brokers.keepUp();
    }

    private static PrintStream log(Path folder) {
        try {
            Files.createDirectories(folder);
            return new PrintStream(Files.newOutputStream(folder.resolve("judge.txt")), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Verdict run(boolean all, Consumer<String> progress) {
        try {
            if (!Files.isDirectory(lesson.skeleton())) {
                return Verdict.unjudged("The folder " + lesson.skeleton() + " is gone. Bring back the skeleton: r, or"
                        + " ./workbook reset " + lesson.name().substring(0, 2));
            }
            return judge(build.compile(), all, progress);
        } catch (AnswerException e) {
            String message = e.getMessage().replace(lesson.root() + File.separator, "");
            return Verdict.unjudged(message + System.lineSeparator().repeat(2) + standing.get());
        } catch (BrokerUnavailableException | UncheckedIOException e) {
            return Verdict.unjudged(e.getMessage());
        }
    }

    private Verdict judge(LessonBench.Compiled answer, boolean all, Consumer<String> progress) {
        Map<String, String> found = brokers.keepUp();
        // The steps behind one that is not done wait anyway; its other tests are told when this one is mended.
        Map<String, String> parameters = all ? Map.of("steps", "all") : Map.of("first", "true");
        Judge judge = judges.take();
        try {
            RunRequest request = with(found, bench.request(answer, List.of(), parameters, console));
            Consumer<RunEvent.TestStarted> told = test -> progress.accept("step " + test.step() + ", " + test.test());
            Optional<RunResult> again = all ? Optional.empty() : failedFirst.run(judge, request, told);
            if (again.isPresent()) {
                return verdict(again.get());
            }
            RunResult result = judge.run(request, told);
            failedFirst.remember(result);
            return verdict(result);
        } finally {
            judges.retire(judge);
        }
    }

    /** Waits until the next run has nothing to wait for. */
    void awaitSpare() {
        judges.awaitWarm();
    }

    private static RunRequest with(Map<String, String> more, RunRequest request) {
        Map<String, String> properties = new LinkedHashMap<>(request.properties());
        properties.putAll(more);
        return request.with(properties);
    }

    private Verdict verdict(RunResult result) {
        String printed = printed();
        if (!result.broken().isEmpty()) {
            return Verdict.unjudged(printed + result.broken());
        }
        if (result.green()) {
            return new Verdict(printed + OUTLOOK, 0, Verdict.Kind.GREEN);
        }
        return new Verdict(printed, result.firstFailure().map(TestOutcome::step).orElse(0), Verdict.Kind.RED);
    }

    /** What the run printed, without the lines that say which broker it has: they are the same each time. */
    private String printed() {
        try {
            return new String(Files.readAllBytes(console), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.contains("(kept running by "))
                    .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        judges.close();
        brokers.close();
        log.close();
    }
}

package mqworkbook.workbench.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mqworkbook.workbench.judge.report.LessonListener;
import mqworkbook.workbench.story.Recordings;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a lesson's tests in this JVM, as the build does: classes called {@code *Test}, by JUnit Jupiter. */
final class LessonRun {

    private final RunRequest request;
    private final Consumer<RunEvent> events;

    LessonRun(RunRequest request, Consumer<RunEvent> events) {
        this.request = request;
        this.events = events;
    }

    /** Starts the test engine without a test: what it does once is done then. */
    static void rehearse() {
        LauncherFactory.create()
                .discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(LessonRun.class))
                        .filters(EngineFilter.includeEngines("junit-jupiter"))
                        .build());
    }

    RunResult execute() {
        long start = System.nanoTime();
        Uses.reset();
        OutcomeListener outcomes = new OutcomeListener(events);
        ProblemReport report = new ProblemReport();
        LauncherFactory.create().execute(discovery(), outcomes, new LessonListener(report));
        writeHistories(outcomes);
        return new RunResult(
                outcomes.tests(), report.problem(), Duration.ofNanos(System.nanoTime() - start), "", Uses.all());
    }

    private LauncherDiscoveryRequest discovery() {
        LauncherDiscoveryRequestBuilder discovery = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(request.tests().toPath())))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test"))
                .configurationParameters(request.parameters());
        if (!request.tags().isEmpty()) {
            discovery.filters(TagFilter.includeTags(request.tags()));
        }
        if (!request.only().isEmpty()) {
            discovery.filters(TestNames.only(request.only()));
        }
        return discovery.build();
    }

    /** Beside the console's file: what passed in the failed test, and in whatever was closed after it. */
    private void writeHistories(OutcomeListener outcomes) {
        if (request.console() == null) {
            return;
        }
        Path file = RunRequest.historyOf(request.console().toPath());
        try {
            Files.deleteIfExists(file);
            if (outcomes.firstFailureStarted().isPresent()) {
                Files.writeString(file, histories(outcomes.firstFailureStarted().get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The history could not be written to " + file, e);
        }
    }

    private static String histories(long since) {
        return Recordings.closedSince(since).stream()
                .map(kept -> kept.prefix() + "\n" + kept.history().render(Integer.MAX_VALUE) + "\n")
                .collect(Collectors.joining());
    }
}

package mqworkbook.workbench.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import mqworkbook.workbench.judge.report.LessonListener;
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

    RunResult execute() {
        long start = System.nanoTime();
        OutcomeListener outcomes = new OutcomeListener(events);
        ProblemReport report = new ProblemReport();
        LauncherFactory.create().execute(discovery(), outcomes, new LessonListener(report));
        return new RunResult(outcomes.tests(), report.problem(), Duration.ofNanos(System.nanoTime() - start), "");
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
        return discovery.build();
    }
}

package mqworkbook.workbench.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of a lesson's test class inside a test: what ran, what failed, what was skipped and why. */
public final class LessonRun implements TestExecutionListener {

    final List<String> events = new ArrayList<>();
    final Map<String, Throwable> failures = new LinkedHashMap<>();

    static LessonRun of(Class<?> lesson, String... parameters) {
        LessonRun run = new LessonRun();
        run.execute(lesson, run, parameters);
        return run;
    }

    public static void execute(Class<?> lesson, TestExecutionListener listener, String... parameters) {
        execute(DiscoverySelectors.selectClass(lesson), listener, parameters);
    }

    public static void execute(DiscoverySelector chosen, TestExecutionListener listener, String... parameters) {
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().selectors(chosen);
        for (String parameter : parameters) {
            String[] pair = parameter.split("=", 2);
            request.configurationParameter(pair[0], pair[1]);
        }
        // Only Jupiter, so that nothing but the listener of the test tells of the run.
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create(config).execute(built, listener);
    }

    /** The only failure. */
    Throwable failure() {
        if (failures.size() != 1) {
            throw new AssertionError("not one failure: " + failures);
        }
        return failures.values().iterator().next();
    }

    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        events.add(skipped.getDisplayName() + " skipped: " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        if (failed) {
            failures.put(finished.getDisplayName(), result.getThrowable().orElseThrow());
        }
        if (finished.isTest() || failed) {
            events.add(
                    finished.getDisplayName() + " " + result.getStatus().name().toLowerCase());
        }
    }
}

package mqworkbook.workbench.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** One jqwik property, run through a launcher that knows jqwik and nothing else. */
final class PropertyTest {

    private final ClassLoader classes;
    private final TestIdentifier property;

    private PropertyTest(ClassLoader classes, TestIdentifier property) {
        this.classes = classes;
        this.property = property;
    }

    /** The properties and examples of a class, nested ones too. */
    static List<PropertyTest> in(Class<?> properties) {
        ClassLoader classes = properties.getClassLoader();
        return inClassLoader(classes, database -> {
            TestPlan plan = launcher().discover(request(DiscoverySelectors.selectClass(properties), database));
            return plan.getRoots().stream()
                    .flatMap(root -> plan.getDescendants(root).stream())
                    .filter(TestIdentifier::isTest)
                    .map(property -> new PropertyTest(classes, property))
                    .toList();
        });
    }

    String name() {
        return property.getDisplayName();
    }

    /** Runs the property; throws what it threw, or what its container's hooks did. */
    void run() throws Throwable {
        Outcome outcome = new Outcome();
        inClassLoader(classes, database -> {
            launcher().execute(request(DiscoverySelectors.selectUniqueId(property.getUniqueId()), database), outcome);
            return outcome;
        });
        outcome.rethrow(name());
    }

    private static Launcher launcher() {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JqwikTestEngine())
                .build());
    }

    /** Reports go to the launcher, so nothing is printed. */
    private static LauncherDiscoveryRequest request(DiscoverySelector selector, Path database) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selector)
                .configurationParameter("jqwik.database", database.toString())
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.reporting.onlyfailures", "true")
                .build();
    }

    /**
     * Gives the work a database for jqwik that is gone afterwards, so that no run depends on what an earlier one has
     * written down. Without any, jqwik 1.9.3 logs so each time.
     */
    private static <T> T withDatabase(Function<Path, T> work) {
        try {
            Path folder = Files.createTempDirectory("workbook-jqwik-");
            Path database = folder.resolve("database");
            // For a property that never comes back: in reverse order, when the JVM ends.
            folder.toFile().deleteOnExit();
            database.toFile().deleteOnExit();
            try {
                return work.apply(database);
            } finally {
                Files.deleteIfExists(database);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No place for the database of jqwik: " + e.getMessage(), e);
        }
    }

    private static <T> T inClassLoader(ClassLoader classes, Function<Path, T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return withDatabase(work);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What became of the property and of the containers around it. */
    private static final class Outcome implements TestExecutionListener {

        private boolean ran;
        private String skipped = "";
        private TestExecutionResult failure;

        @Override
        public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
            ran |= finished.isTest();
            // A container finishes after what is in it, so the property's own failure comes first.
            if (failure == null && result.getStatus() != Status.SUCCESSFUL) {
                failure = result;
            }
        }

        @Override
        public void executionSkipped(TestIdentifier property, String reason) {
            skipped = reason;
        }

        void rethrow(String property) throws Throwable {
            // jqwik skips what is in a container that has failed, and tells of the failure afterwards.
            if (failure != null) {
                throw failure.getThrowable()
                        .orElseGet(() -> new AssertionError("The property did not pass: " + property));
            }
            if (!skipped.isEmpty()) {
                throw new TestAbortedException(skipped);
            }
            if (!ran) {
                throw new IllegalStateException("The property did not run: " + property);
            }
        }
    }
}

package mqworkbook.workbench.judge;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    /** Reports go to the launcher, and no run depends on what an earlier one has written down. */
    private static final Map<String, String> SETTINGS = Map.of(
            "jqwik.database", "",
            "jqwik.reporting.usejunitplatform", "true",
            "jqwik.reporting.onlyfailures", "true");

    /** Held, since a logger that nobody holds forgets its level: jqwik logs remarks on edge cases and databases. */
    private static final Logger LOGGER = Logger.getLogger("net.jqwik");

    static {
        LOGGER.setLevel(Level.WARNING);
    }

    private final ClassLoader classes;
    private final TestIdentifier property;

    private PropertyTest(ClassLoader classes, TestIdentifier property) {
        this.classes = classes;
        this.property = property;
    }

    /** The properties and examples of a class, nested ones too. */
    static List<PropertyTest> in(Class<?> properties) {
        ClassLoader classes = properties.getClassLoader();
        return inClassLoader(classes, () -> {
            TestPlan plan = launcher().discover(request(DiscoverySelectors.selectClass(properties)));
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
        inClassLoader(classes, () -> {
            launcher().execute(request(DiscoverySelectors.selectUniqueId(property.getUniqueId())), outcome);
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

    private static LauncherDiscoveryRequest request(DiscoverySelector selector) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selector)
                .configurationParameters(SETTINGS)
                .build();
    }

    private static <T> T inClassLoader(ClassLoader classes, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return work.get();
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

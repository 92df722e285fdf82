package mqworkbook.workbench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TestClasses;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.learner.Causes;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes down what becomes of each test, and of each container that fails as a whole. */
final class OutcomeListener implements TestExecutionListener {

    private final Consumer<RunEvent> events;
    private final Map<TestIdentifier, Long> started = new HashMap<>();
    private final Map<Integer, Long> steps = new HashMap<>();
    private final List<TestOutcome> tests = new ArrayList<>();
    private TestPlan plan;
    private Long firstFailureStarted;

    OutcomeListener(Consumer<RunEvent> events) {
        this.events = events;
    }

    synchronized List<TestOutcome> tests() {
        return List.copyOf(tests);
    }

    /** {@link System#nanoTime()} when the first test began that failed. */
    synchronized Optional<Long> firstFailureStarted() {
        return Optional.ofNullable(firstFailureStarted);
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        long now = System.nanoTime();
        int step = step(test);
        started.put(test, now);
        steps.putIfAbsent(step, now);
        Uses.inTest(TestNames.of(test, plan));
        if (test.isTest()) {
            events.accept(new RunEvent.TestStarted(step, test.getDisplayName()));
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        add(test, TestOutcome.State.SKIPPED, "", reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        if (!test.isTest() && !failed) {
            return;
        }
        if (failed && firstFailureStarted == null) {
            firstFailureStarted = started.get(test);
        }
        Optional<Throwable> thrown = result.getThrowable().map(OutcomeListener::telling);
        TestOutcome.State state = switch (result.getStatus()) {
            case SUCCESSFUL -> TestOutcome.State.PASSED;
            case FAILED -> TestOutcome.State.FAILED;
            case ABORTED -> TestOutcome.State.SKIPPED;
        };
        add(
                test,
                state,
                thrown.map(error -> error.getClass().getName()).orElse(""),
                thrown.map(error -> String.valueOf(error.getMessage())).orElse(""));
    }

    /** What the exception is about, where something else carries it. */
    private static Throwable telling(Throwable thrown) {
        return Causes.of(thrown).stream()
                .filter(cause -> cause instanceof Todo || cause instanceof BrokerUnavailableException)
                .findFirst()
                .orElse(thrown);
    }

    private void add(TestIdentifier test, TestOutcome.State state, String error, String message) {
        long now = System.nanoTime();
        int step = step(test);
        tests.add(new TestOutcome(
                step,
                TestNames.of(test, plan),
                test.getDisplayName(),
                state,
                Duration.ofNanos(now - started.getOrDefault(test, now)),
                Duration.ofNanos(now - steps.getOrDefault(step, now)),
                error,
                message));
    }

    /** The innermost class with a step; dynamic tests take it from the container that made them. */
    private int step(TestIdentifier test) {
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = plan.getParent(at.get())) {
            Optional<Step> step = TestClasses.of(at.get()).map(tests -> tests.getAnnotation(Step.class));
            if (step.isPresent()) {
                return step.get().value();
            }
        }
        return 0;
    }
}

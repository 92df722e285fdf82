package mqworkbook.workbench.judge;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Keeps a step closed while one before it has failed, and fails a lesson of which nothing ran. */
final class StepGate
        implements ExecutionCondition, TestWatcher, AfterEachCallback, AfterAllCallback, InvocationInterceptor {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String STUCK = "an earlier test of this step did not come back";
    private static final String STOPPED = "the run stops at the first test that fails";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestClass().isEmpty()) {
            return ConditionEvaluationResult.enabled(null);
        }
        GateState gate = GateState.of(context);
        int step = Steps.number(context);
        OptionalInt blocker = gate.blocker(step);
        if (gate.beyond(step)) {
            return ConditionEvaluationResult.disabled("not asked for");
        } else if (blocker.isPresent()) {
            return ConditionEvaluationResult.disabled("waiting for step " + blocker.getAsInt());
        } else if (gate.stopped()) {
            return ConditionEvaluationResult.disabled(STOPPED);
        } else if (gate.isStuck(step)) {
            return ConditionEvaluationResult.disabled(STUCK);
        }
        return ConditionEvaluationResult.enabled(null);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        close(context, cause);
    }

    /** Also for what a {@link TestWatcher} is not told of: what comes before the dynamic tests of a factory. */
    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(cause -> close(context, cause));
    }

    /** Also for a step of which no test could begin. */
    @Override
    public void afterAll(ExtensionContext context) {
        context.getExecutionException().ifPresent(cause -> close(context, cause));
        boolean lessonIsOver = Steps.lesson(context) == context.getRequiredTestClass();
        if (lessonIsOver
                && context.getExecutionException().isEmpty()
                && GateState.of(context).nothingRan()) {
            throw new NothingRan();
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext invoked, ExtensionContext context)
            throws Throwable {
        GateState gate = GateState.of(context);
        if (gate.stopped() || gate.isStuck(Steps.number(context))) {
            invocation.skip();
            throw new TestAbortedException(gate.stopped() ? STOPPED : STUCK);
        }
        try {
            proceed(invocation, context);
        } catch (Throwable cause) {
            close(context, cause);
            throw cause;
        }
    }

    // Who has waited in vain once would wait in vain for each of the step's other tests: a red run is not a slow one.
    private static void proceed(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        GateState gate = GateState.of(context);
        gate.runs();
        long start = System.nanoTime();
        try {
            invocation.proceed();
        } catch (Throwable cause) {
            if (System.nanoTime() - start > PATIENCE.toNanos() && !(cause instanceof TestAbortedException)) {
                gate.stuck(Steps.number(context));
            }
            throw cause;
        }
    }

    private static void close(ExtensionContext context, Throwable cause) {
        if (!(cause instanceof TestAbortedException)) {
            GateState.of(context).failed(Steps.number(context));
        }
    }
}

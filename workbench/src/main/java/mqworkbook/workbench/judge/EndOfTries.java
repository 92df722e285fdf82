package mqworkbook.workbench.judge;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import mqworkbook.workbench.judge.learner.Causes;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends the tries of a property when nothing more is to be learned: at once after a {@link Todo}, after {@value #SECONDS} s of shrinking, and
 * when the test is over, for jqwik shrinks on a thread of its own that outlives a test whose time is over (jqwik 1.9.3,
 * PropertyShrinker). jqwik finds this class by its service loader.
 */
public final class EndOfTries implements AroundPropertyHook, AroundTryHook {

    private static final long SECONDS = 3;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        found().update(over -> new Found());
        return property.execute();
    }

    /** Outside of the hooks of property classes, which are not to prepare a try that is not made. */
    @Override
    public int aroundTryProximity() {
        return -100;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        Found found = found().get();
        if (found == null || found.isEnough()) {
            return TryExecutionResult.satisfied(true);
        }
        TryExecutionResult result = aTry.execute(parameters);
        if (result.isFalsified()) {
            result.throwable().ifPresent(failure -> found.falsified(failure, context, parameters));
        }
        return result;
    }

    /** jqwik sets a store back to its initial value, here nothing, when the property is over. */
    private static Store<Found> found() {
        return Store.getOrCreate(EndOfTries.class, Lifespan.PROPERTY, () -> null);
    }

    /** What the tries of one property have shown. */
    private static final class Found {

        private final Problems test = Problems.current();
        private volatile Throwable first;
        private volatile long since;

        private boolean isEnough() {
            boolean over = !Objects.equals(test, Problems.current());
            return over
                    || first != null
                            && (isTodo()
                                    || since() > Duration.ofSeconds(SECONDS).toNanos());
        }

        private boolean isTodo() {
            return Causes.first(first, Todo.class).isPresent();
        }

        private long since() {
            return System.nanoTime() - since;
        }

        private void falsified(Throwable failure, TryLifecycleContext context, List<Object> parameters) {
            if (first == null) {
                since = System.nanoTime();
                first = failure;
                if (test != null) {
                    test.falsified(failure, SampleTelling.foundWith(context.targetMethod(), parameters));
                }
            }
        }
    }
}

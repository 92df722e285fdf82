package mqworkbook.workbench.judge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits for what must become true, or watches what must not. A condition is looked at every 10 ms in the test's thread;
 * what it throws surfaces at once and as it is, and so does the first of the {@link Problems}.
 *
 * <pre>{@code
 * Eventually.within(Duration.ofSeconds(5))
 *         .until("inventory handles E-17", () -> inventory.effects("E-17") > 0)
 *         .orElse(() -> Wrong.that("inventory never handled E-17"));
 * }</pre>
 */
public final class Eventually {

    private static final Duration POLL = Duration.ofMillis(10);

    /** For conditions that are slow to look at; no test waits for it. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final Duration limit;

    private Eventually(Duration limit) {
        this.limit = limit;
    }

    /** A wait that ends after this time at the latest, or a multiple of it while the machine is busy. */
    public static Eventually within(Duration limit) {
        return new Eventually(limit);
    }

    /** What to wait for; the wait begins with {@link Wait#orElse}. */
    public Wait until(String alias, Callable<Boolean> condition) {
        return new Wait(limit, alias, condition);
    }

    /**
     * Watches that something does not happen.
     *
     * @param alias says what must hold: "no second copy comes"
     * @param during how long it is watched
     * @param happens true when it has happened
     * @param wrong is thrown then
     */
    public static void never(String alias, Duration during, Callable<Boolean> happens, Supplier<Wrong> wrong) {
        await(alias).during(during).atMost(during.plus(SLACK)).until(() -> {
            if (holds(happens)) {
                throw wrong.get();
            }
            return true;
        });
    }

    private static ConditionFactory await(String alias) {
        // Awaitility's own handler of uncaught exceptions would replace the one that reports them.
        return Awaitility.await(alias)
                .dontCatchUncaughtExceptions()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL);
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        Problems.throwIfAny();
        return condition.call();
    }

    /** A wait that has not begun. */
    public static final class Wait {

        private final Duration limit;
        private final String alias;
        private final Callable<Boolean> condition;

        private Wait(Duration limit, String alias, Callable<Boolean> condition) {
            this.limit = limit;
            this.alias = alias;
            this.condition = condition;
        }

        /**
         * Waits; throws what the supplier makes when the time is over. It is asked only then, so it can tell what there
         * is to be seen.
         */
        public <X extends Throwable> void orElse(Supplier<X> failure) throws X {
            try {
                await(alias).atMost(Patience.stretched(limit)).until(() -> holds(condition));
            } catch (ConditionTimeoutException e) {
                Problems.throwIfAny();
                throw failure.get();
            }
        }
    }
}

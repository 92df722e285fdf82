package mqworkbook.delay;

import java.time.Duration;
import java.util.concurrent.Callable;
import mqworkbook.delay.order.Timeout;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** What several pollers of one store have to promise. */
final class Pollers {

    /** The pause between two looks. */
    static final Duration POLL = Duration.ofMillis(20);

    private static final Duration A_BIT = Duration.ofMillis(150);
    private static final Duration A_LOOK = Duration.ofSeconds(1);

    private Pollers() {}

    /** Waits a moment for what may rightly not happen. */
    static void awaitABit(Callable<Boolean> happens) {
        awaitAtMost(A_BIT, happens);
    }

    private static void awaitAtMost(Duration limit, Callable<Boolean> happens) {
        try {
            Eventually.within(limit).until("it happens", happens).orElse(() -> Wrong.that("it does not happen"));
        } catch (Wrong notNow) {
            if (!"it does not happen".equals(notNow.requirement())) {
                throw notNow;
            }
        }
    }

    /** Waits until a poller has looked; one that looks in another manner has had the time for it. */
    static void awaitLook(Callable<Boolean> looked) {
        awaitAtMost(A_LOOK, looked);
    }

    /** Waits until the poller is held; one that has done its work with fewer steps is not waited for. */
    static void awaitHeld(Bench bench, Callable<Boolean> held, Timeout timeout) throws Exception {
        Eventually.within(Bench.SOON)
                .until("it is held, or has done its work", () -> held.call() || bench.firings.handled(timeout))
                .orElse(() -> Wrong.that("A poller does not look for what is due")
                        .seen(bench.firings.told(timeout) + "; " + bench.whereabouts()));
        awaitABit(held);
    }

    static void expectOne(Bench bench, Timeout timeout, String what) {
        Eventually.never(
                "it is handed over once",
                A_BIT,
                () -> bench.firings.count(timeout) > 1,
                () -> Wrong.that("One timeout was handed to two pollers")
                        .seen(what + "; " + bench.firings.told(timeout) + "; it was overdue by a few days")
                        .means("Each order is looked at by all processes at once: the more of them, the more load.")
                        .suspect(
                                "looking and taking in two steps whose answer is not looked at, or a lease that counts from the"
                                        + " deadline, which is long ago"));
    }

    static Wrong ended() {
        return Wrong.that("A poller has ended, and nobody noticed")
                .means("The server was away for a second at night; since then nothing is cancelled.")
                .suspect("an exception that leaves a scheduled task, and ends its schedule");
    }
}

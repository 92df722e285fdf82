package mqworkbook.sync;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;

/**
 * One is held before a call to the database while another comes: it goes through, or waits for the first at a lock.
 *
 * @param came whether the first made so many calls
 * @param first what the first one threw; null if nothing
 * @param second what the second one threw; null if nothing
 */
record Race(boolean came, Throwable first, Throwable second) {

    static final Duration SOON = Duration.ofSeconds(10);

    /** Whoever is not through by then waits for a lock; if not, both go on at the same time, which is right too. */
    private static final Duration UNHINDERED = Duration.ofMillis(120);

    /** Holds the first before its n-th call from now on, runs the second, and lets the first go on. */
    static Race run(DatabaseActor held, int n, Callable<?> first, Callable<?> second) {
        CallMoment moment = CallMoment.holdBefore(held, n);
        CompletableFuture<?> one = Beside.run(first);
        try {
            Eventually.within(SOON)
                    .until("the first is held, or through", () -> moment.hasCome() || one.isDone())
                    .orElse(() -> Wrong.that("A call does not come back")
                            .seen("it was alone at the database, after " + SOON.toSeconds() + " s"));
            if (!moment.hasCome()) {
                return new Race(false, failure(one), null);
            }
            CompletableFuture<?> other = Beside.run(second);
            settle(other);
            moment.release();
            return new Race(true, failure(one), failure(other));
        } finally {
            moment.release();
        }
    }

    /** Calls that the second must not make while the first is held, and that it makes once it may. */
    private static void settle(CompletableFuture<?> other) {
        try {
            other.get(UNHINDERED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It waits, or it has failed: told later.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Throwable failure(CompletableFuture<?> work) {
        try {
            work.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            // A to-do in there is a to-do, not a failure.
            Problems.throwIfAny();
            return e.getCause();
        } catch (TimeoutException e) {
            throw Wrong.that("Two calls at the same time, and one of them does not come back")
                    .seen("after " + SOON.toSeconds() + " s")
                    .suspect("locks taken in different orders, or a transaction that was left open");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package mqworkbook.workbench.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mqworkbook.workbench.judge.ProcessDied;

/**
 * The n-th call that a process makes to its database from now on, whatever it is, and something that befalls it. So a
 * test goes through all moments of somebody's transaction, and ends when one does not come any more.
 */
public final class CallMoment {

    private enum Fate {
        DIE_BEFORE,
        DIE_AFTER,
        FAIL_BEFORE,
        FAIL_AFTER,
        HOLD_BEFORE
    }

    private final Fate fate;
    private final Predicate<DatabaseCall> which;
    private final int n;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    private CallMoment(DatabaseActor actor, Fate fate, Predicate<DatabaseCall> which, int n) {
        this.fate = fate;
        this.which = which;
        this.n = n;
        actor.arm(this);
    }

    /** The process dies before the call has left: what it has not committed is rolled back. */
    public static CallMoment dieBefore(DatabaseActor actor, int n) {
        return dieBefore(actor, call -> true, n);
    }

    /** The same before the n-th call of a kind. */
    public static CallMoment dieBefore(DatabaseActor actor, Predicate<DatabaseCall> which, int n) {
        return new CallMoment(actor, Fate.DIE_BEFORE, which, n);
    }

    /** The process dies when the call has had its effect, and never learns of it. */
    public static CallMoment dieAfter(DatabaseActor actor, int n) {
        return dieAfter(actor, call -> true, n);
    }

    /** The same after the n-th call of a kind. */
    public static CallMoment dieAfter(DatabaseActor actor, Predicate<DatabaseCall> which, int n) {
        return new CallMoment(actor, Fate.DIE_AFTER, which, n);
    }

    /** The call fails with an exception, and has no effect. */
    public static CallMoment failBefore(DatabaseActor actor, int n) {
        return failBefore(actor, call -> true, n);
    }

    /** The same with the n-th call of a kind. */
    public static CallMoment failBefore(DatabaseActor actor, Predicate<DatabaseCall> which, int n) {
        return new CallMoment(actor, Fate.FAIL_BEFORE, which, n);
    }

    /** The call has its effect, and its answer is lost: the process sees an exception. */
    public static CallMoment failAfter(DatabaseActor actor, Predicate<DatabaseCall> which, int n) {
        return new CallMoment(actor, Fate.FAIL_AFTER, which, n);
    }

    /** The call waits before it leaves, until it is {@linkplain #release() released} or its process dies. */
    public static CallMoment holdBefore(DatabaseActor actor, int n) {
        return holdBefore(actor, call -> true, n);
    }

    /** The same with the n-th call of a kind. */
    public static CallMoment holdBefore(DatabaseActor actor, Predicate<DatabaseCall> which, int n) {
        return new CallMoment(actor, Fate.HOLD_BEFORE, which, n);
    }

    public boolean hasCome() {
        return seen.get() >= n;
    }

    /** Lets go what waits, or what would wait. */
    public void release() {
        released.countDown();
    }

    /** Whether this is the call that is meant; counts it. */
    boolean comes(DatabaseCall call) {
        return which.test(call) && seen.incrementAndGet() == n;
    }

    void before(DatabaseActor actor) throws SQLException, InterruptedException {
        switch (fate) {
            case DIE_BEFORE -> {
                actor.die();
                throw new ProcessDied(actor.name());
            }
            case FAIL_BEFORE -> throw new SQLTransientConnectionException("database: connection lost");
            case HOLD_BEFORE -> released.await();
            default -> {}
        }
    }

    void after(DatabaseActor actor) throws SQLException {
        switch (fate) {
            case DIE_AFTER -> {
                actor.die();
                throw new ProcessDied(actor.name());
            }
            case FAIL_AFTER -> throw new SQLTransientConnectionException("database: connection lost");
            default -> {}
        }
    }
}

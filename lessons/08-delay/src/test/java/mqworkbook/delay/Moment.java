package mqworkbook.delay;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The n-th step of a process's conversation with the database, and what befalls the process there. */
final class Moment {

    /** The process is dead from here on. */
    static final class Death extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Death() {
            super("dead", null, false, false);
        }
    }

    private enum What {
        HOLD,
        FAIL,
        DIE_BEFORE,
        DIE_AFTER
    }

    private final What what;
    private final int n;
    private final AtomicInteger steps = new AtomicInteger();
    private final CountDownLatch come = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Moment(What what, int n) {
        this.what = what;
        this.n = n;
    }

    /** Before its n-th step, from 1, the process waits until it is released. */
    static Moment hold(int n) {
        return new Moment(What.HOLD, n);
    }

    /** The process dies before its n-th step. */
    static Moment dieBefore(int n) {
        return new Moment(What.DIE_BEFORE, n);
    }

    /** The process dies after its n-th step, which has had its effect. */
    static Moment dieAfter(int n) {
        return new Moment(What.DIE_AFTER, n);
    }

    /** The process loses its connection before its n-th step, and may open another one. */
    static Moment fail(int n) {
        return new Moment(What.FAIL, n);
    }

    /** The process is dead. */
    static Moment dead() {
        Moment dead = dieBefore(1);
        dead.come.countDown();
        return dead;
    }

    boolean hasCome() {
        return come.getCount() == 0;
    }

    /** Whether the process is dead. */
    boolean isOver() {
        return (what == What.DIE_BEFORE || what == What.DIE_AFTER) && hasCome();
    }

    void release() {
        released.countDown();
    }

    Object befall(Database.Step step) throws Throwable {
        if (isOver()) {
            throw new Death();
        }
        if (steps.incrementAndGet() != n) {
            return step.go();
        }
        if (what == What.DIE_AFTER) {
            step.go();
        }
        come.countDown();
        if (what != What.HOLD) {
            throw new Death();
        }
        released.await();
        return step.go();
    }
}

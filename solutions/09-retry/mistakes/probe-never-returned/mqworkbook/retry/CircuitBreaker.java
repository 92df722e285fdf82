// Mistake:   probe-never-returned
// Wrong:     When a probe has failed, the next one is not let through.
// Shows as:  The outage at the gateway took two minutes, that in the shop until the restart.
// Caught in: step 6
// Says:      "holds up a payment that may go"
package mqworkbook.retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import mqworkbook.retry.payment.Failure;

/**
 * Knows whether the gateway is down for everyone. Many threads use one breaker.
 *
 * <p>Closed at first. Open, when so many different payments have failed one after the other, each temporarily, and the
 * gateway has answered none in between. Half open, when it was open for a while: then one payment is let through, and its
 * result decides. What is reported while it is open belongs to calls that began before, and changes nothing.
 */
public final class CircuitBreaker {

    /** Whether payments are let through: all, none, or one at a time. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final int threshold;
    private final Duration openFor;
    private final Clock clock;

    /** The payments that have failed since the gateway last answered. */
    private final Set<String> unanswered = new HashSet<>();

    /** Null while the breaker is closed. */
    private Instant openedAt;

    private boolean probing;

    /**
     * A closed breaker.
     *
     * @param threshold how many payments must have failed one after the other
     * @param openFor how long the gateway is left alone before a payment is let through again
     */
    public CircuitBreaker(int threshold, Duration openFor, Clock clock) {
        this.threshold = threshold;
        this.openFor = openFor;
        this.clock = clock;
    }

    /** What holds now. */
    public synchronized State state() {
        if (openedAt == null) {
            return State.CLOSED;
        }
        boolean waited = !clock.instant().isBefore(openedAt.plus(openFor));
        return waited ? State.HALF_OPEN : State.OPEN;
    }

    /**
     * Asks to let a payment through; whoever gets a yes reports its result with one of the other two methods.
     *
     * @return closed: always; open: never; half open: once, until the result is reported
     */
    public synchronized boolean tryAcquire() {
        if (state() == State.HALF_OPEN && !probing) {
            probing = true;
            return true;
        }
        return state() == State.CLOSED;
    }

    /** A payment that was let through is made. */
    public synchronized void succeeded() {
        if (state() != State.OPEN) {
            openedAt = null;
            probing = false;
            unanswered.clear();
        }
    }

    /**
     * A payment that was let through has failed. A permanent failure is an answer of the gateway, as good as a success;
     * an unknown one proves nothing: it leaves a closed breaker as it is, and opens a half open one again.
     */
    public synchronized void failed(String paymentId, Failure failure) {
        if (failure == Failure.PERMANENT) {
            succeeded();
        } else if (state() == State.HALF_OPEN) {
            open();
        } else if (state() == State.CLOSED && failure == Failure.TEMPORARY) {
            // Different payments: one that fails again and again says nothing of the others.
            unanswered.add(paymentId);
            if (unanswered.size() >= threshold) {
                open();
            }
        }
    }

    private void open() {
        openedAt = clock.instant();
    }
}

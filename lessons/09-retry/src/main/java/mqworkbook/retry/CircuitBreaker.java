package mqworkbook.retry;

import java.time.Clock;
import java.time.Duration;
import mqworkbook.retry.payment.Failure;
import mqworkbook.workbench.judge.Todo;

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
    public State state() {
        throw new Todo(6, "Say whether the breaker is closed, open or half open.");
    }

    /**
     * Asks to let a payment through; whoever gets a yes reports its result with one of the other two methods.
     *
     * @return closed: always; open: never; half open: once, until the result is reported
     */
    public boolean tryAcquire() {
        throw new Todo(6, "Let all payments through, none, or one at a time.");
    }

    /** A payment that was let through is made. */
    public void succeeded() {
        throw new Todo(6, "Note that the gateway answers.");
    }

    /**
     * A payment that was let through has failed. A permanent failure is an answer of the gateway, as good as a success;
     * an unknown one proves nothing: it leaves a closed breaker as it is, and opens a half open one again.
     */
    public void failed(String paymentId, Failure failure) {
        throw new Todo(6, "Count the payments that the gateway did not answer, and open at the threshold.");
    }
}

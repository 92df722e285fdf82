package mqworkbook.retry;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import mqworkbook.retry.CircuitBreaker.State;
import mqworkbook.retry.payment.Failure;

/** The rule of the circuit breaker, as an oracle. */
final class BreakerModel {

    private final int threshold;
    private final Duration openFor;
    private final Set<String> unanswered = new HashSet<>();
    private State state = State.CLOSED;
    private Duration openSince = Duration.ZERO;
    private Duration now = Duration.ZERO;
    private boolean probing;

    BreakerModel(int threshold, Duration openFor) {
        this.threshold = threshold;
        this.openFor = openFor;
    }

    void pass(Duration time) {
        now = now.plus(time);
        if (state == State.OPEN && now.compareTo(openSince.plus(openFor)) >= 0) {
            state = State.HALF_OPEN;
            probing = false;
        }
    }

    State state() {
        return state;
    }

    /** Whether a report can be of a call that was let through. */
    boolean takesReports() {
        return state != State.HALF_OPEN || probing;
    }

    boolean tryAcquire() {
        if (state == State.HALF_OPEN && !probing) {
            probing = true;
            return true;
        }
        return state == State.CLOSED;
    }

    void succeeded() {
        if (state != State.OPEN) {
            state = State.CLOSED;
            unanswered.clear();
        }
    }

    void failed(String paymentId, Failure failure) {
        if (failure == Failure.PERMANENT) {
            succeeded();
        } else if (state == State.HALF_OPEN) {
            open();
        } else if (state == State.CLOSED && failure == Failure.TEMPORARY) {
            unanswered.add(paymentId);
            if (unanswered.size() >= threshold) {
                open();
            }
        }
    }

    private void open() {
        state = State.OPEN;
        openSince = now;
    }
}

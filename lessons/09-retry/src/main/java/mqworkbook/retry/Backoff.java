package mqworkbook.retry;

import java.time.Duration;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.judge.Todo;

/** How long a payment rests before its next attempt. */
public final class Backoff {

    private final RetryPolicy policy;

    public Backoff(RetryPolicy policy) {
        this.policy = policy;
    }

    /**
     * The rest after so many failed attempts: the first delay, times the factor for each further failure, at most the
     * longest delay; then stretched by jitter, which never shortens it. Whole milliseconds.
     *
     * @param failedAttempts from 1; may be any number
     */
    public Duration delay(int failedAttempts, RandomGenerator random) {
        throw new Todo(3, "Compute the rest after so many failures: exponential, bounded, stretched by jitter.");
    }

    /** All delays that can come out before the last attempt; each has a retry queue of its own. */
    public SortedSet<Duration> delays() {
        throw new Todo(3, "List the delays that there are, a handful for each attempt.");
    }
}

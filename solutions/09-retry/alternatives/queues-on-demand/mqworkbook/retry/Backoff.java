// Alternative: the retry queue for exactly this delay is declared when it is needed, and goes when it was not used for
// a while.
// Jitter to the millisecond, nothing to clean up after a change of the policy, and a queue that somebody deleted is
// back; it
// costs a declaration for each retry. For policies that change often.
package mqworkbook.retry;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import mqworkbook.retry.payment.RetryPolicy;

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
        // In floating point: a shift or a product of longs would overflow, and a rest of less than nothing is none.
        double scheduled = Math.min(
                policy.maxDelay().toMillis(),
                policy.firstDelay().toMillis() * Math.pow(policy.factor(), failedAttempts - 1.0));
        return Duration.ofMillis((long) Math.ceil(scheduled * (1 + policy.jitter() * random.nextDouble())));
    }

    /** All delays that can come out before the last attempt; each has a retry queue of its own. */
    public SortedSet<Duration> delays() {
        // Any number of milliseconds; their queues are made on demand.
        return new TreeSet<>();
    }
}

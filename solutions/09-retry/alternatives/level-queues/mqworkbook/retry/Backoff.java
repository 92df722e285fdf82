// Alternative: one retry queue for each attempt, and jitter as an expiration of each message within it. Fewer queues
// and finer
// jitter; a message can wait for the one before it, but never longer than the jitter's share. For many attempts or much
// jitter.
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
        double stretched = scheduled(failedAttempts) * (1 + policy.jitter() * random.nextDouble());
        return Duration.ofMillis((long) Math.ceil(stretched));
    }

    /** The rest without jitter; names the queue of the attempt. */
    Duration level(int failedAttempts) {
        return Duration.ofMillis((long) Math.ceil(scheduled(failedAttempts)));
    }

    /** All delays without jitter; each has a retry queue of its own. */
    public SortedSet<Duration> delays() {
        SortedSet<Duration> delays = new TreeSet<>();
        for (int failed = 1; failed < policy.maxAttempts(); failed++) {
            delays.add(level(failed));
        }
        return delays;
    }

    private double scheduled(int failedAttempts) {
        // In floating point: a shift or a product of longs would overflow, and a rest of less than nothing is none.
        return Math.min(
                policy.maxDelay().toMillis(),
                policy.firstDelay().toMillis() * Math.pow(policy.factor(), failedAttempts - 1.0));
    }
}

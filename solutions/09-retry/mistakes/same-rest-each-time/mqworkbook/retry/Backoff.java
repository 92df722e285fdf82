// Mistake:   same-rest-each-time
// Wrong:     The rest does not grow.
// Shows as:  A gateway that is down for an hour gets the same load in its last minute as in its first.
// Caught in: step 3
// Says:      "shorter than scheduled"
package mqworkbook.retry;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import mqworkbook.retry.payment.RetryPolicy;

/** How long a payment rests before its next attempt. */
public final class Backoff {

    /** Into how many delays jitter spreads one rest: a queue for each possible millisecond would be too many. */
    private static final int SPREAD = 3;

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
        return delay(failedAttempts, random.nextInt(SPREAD));
    }

    /** All delays that can come out before the last attempt; each has a retry queue of its own. */
    public SortedSet<Duration> delays() {
        SortedSet<Duration> delays = new TreeSet<>();
        for (int failed = 1; failed < policy.maxAttempts(); failed++) {
            for (int share = 0; share < SPREAD; share++) {
                delays.add(delay(failed, share));
            }
        }
        return delays;
    }

    private Duration delay(int failedAttempts, int share) {
        // In floating point: a shift or a product of longs would overflow, and a rest of less than nothing is none.
        double scheduled = Math.min(
                policy.maxDelay().toMillis(), (double) policy.firstDelay().toMillis());
        double stretched = scheduled * (1 + policy.jitter() * share / (SPREAD - 1));
        return Duration.ofMillis((long) Math.ceil(stretched));
    }
}

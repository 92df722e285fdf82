package mqworkbook.retry.payment;

import java.time.Duration;

/**
 * How often a payment is attempted, and how long it rests in between. An attempt is one delivery of its message to a
 * handler.
 *
 * @param maxAttempts how many attempts there are in all, from 1
 * @param firstDelay how long it rests after the first failed attempt, at least
 * @param factor by how much each rest is longer than the one before, from 1
 * @param maxDelay no rest is scheduled to be longer than this
 * @param jitter up to which share of itself a rest is stretched at random, from 0; never shortened
 * @param confirmTimeout how long to wait for the broker's confirm
 */
public record RetryPolicy(
        int maxAttempts,
        Duration firstDelay,
        double factor,
        Duration maxDelay,
        double jitter,
        Duration confirmTimeout) {

    public RetryPolicy {
        if (maxAttempts < 1 || factor < 1 || jitter < 0 || firstDelay.toMillis() < 1) {
            throw new IllegalArgumentException("no policy: " + maxAttempts + " attempts, first delay " + firstDelay
                    + ", factor " + factor + ", jitter " + jitter);
        }
    }
}

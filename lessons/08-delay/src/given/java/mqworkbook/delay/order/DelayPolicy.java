package mqworkbook.delay.order;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How timeouts wait in RabbitMQ.
 *
 * @param buckets how long a message can wait in one of the wait queues; at least one, in whole milliseconds
 * @param confirmTimeout how long to wait for the broker's confirm
 */
public record DelayPolicy(SortedSet<Duration> buckets, Duration confirmTimeout) {

    public DelayPolicy {
        buckets = Collections.unmodifiableSortedSet(new TreeSet<>(buckets));
        if (buckets.isEmpty() || buckets.first().toMillis() < 1) {
            throw new IllegalArgumentException("no buckets: " + buckets);
        }
    }

    /** A policy with these buckets. */
    public static DelayPolicy of(Collection<Duration> buckets, Duration confirmTimeout) {
        return new DelayPolicy(new TreeSet<>(buckets), confirmTimeout);
    }
}

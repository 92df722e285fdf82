// Mistake:   next-longer-bucket
// Wrong:     The bucket is rounded up: a wait that fits none takes the next longer one.
// Shows as:  Who has 31 minutes to pay is cancelled after an hour, and keeps the units as long.
// Caught in: step 3
// Says:      "last bucket was too long"
package mqworkbook.delay;

import java.time.Duration;
import mqworkbook.delay.order.DelayPolicy;

/** Chooses where a timeout waits next. */
public final class Buckets {

    private final DelayPolicy policy;

    public Buckets(DelayPolicy policy) {
        this.policy = policy;
    }

    /**
     * The bucket in which a timeout waits next that is due after so long: the longest that fits, for each move costs the
     * broker two messages. What is left then is waited for in further buckets, and what is shorter than all of them in the
     * shortest.
     */
    public Duration next(Duration remaining) {
        for (Duration bucket : policy.buckets()) {
            if (bucket.compareTo(remaining) >= 0) {
                return bucket;
            }
        }
        return policy.buckets().last();
    }
}

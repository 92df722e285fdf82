package mqworkbook.delay;

import java.time.Duration;
import mqworkbook.delay.order.DelayPolicy;
import mqworkbook.workbench.judge.Todo;

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
        throw new Todo(3, "Choose the bucket for the time that remains.");
    }
}

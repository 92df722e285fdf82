// Mistake:   transient-wait-queue
// Wrong:     The wait queues are transient: they live as long as the broker's process.
// Shows as:  A security update of the broker, and no order of the last half hour is ever cancelled.
// Caught in: step 4
// Says:      "when the broker restarted are lost"
package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.DelayPolicy;

/** The queues in which timeouts wait, and the one into which they come then. Declared idempotently, by a deployment. */
public final class WaitQueues {

    private static final boolean DURABLE = true;

    /** Routes to the queue that has the routing key as its name, and to no other. */
    private static final String DEFAULT_EXCHANGE = "";

    private final DelayNames names;
    private final DelayPolicy policy;

    public WaitQueues(DelayNames names, DelayPolicy policy) {
        this.names = names;
        this.policy = policy;
    }

    /**
     * Declares the queue of what is due, and a wait queue for each of the policy's buckets. What has been in a wait queue for
     * as long as its bucket says goes to the queue of what is due. All of it survives a restart of the broker.
     */
    public void declare(Channel channel) throws IOException {
        channel.queueDeclare(names.dueQueue(), DURABLE, false, false, Map.of());
        for (Duration bucket : policy.buckets()) {
            // One time to live for a whole queue, since messages expire at its head only. Without the routing key
            // they would keep their own, which leads back into this very queue.
            Map<String, Object> arguments = Map.of(
                    "x-message-ttl",
                    bucket.toMillis(),
                    "x-dead-letter-exchange",
                    DEFAULT_EXCHANGE,
                    "x-dead-letter-routing-key",
                    names.dueQueue());
            channel.queueDeclare(names.waitQueue(bucket), false, false, false, arguments);
        }
    }
}

// Mistake:   routing-key-forgotten
// Wrong:     Without a dead-letter routing key a message keeps its own, which leads back into the wait queue.
// Shows as:  The broker finds a cycle and drops the message. No order is ever cancelled, and nothing is logged.
// Caught in: step 1
// Says:      "never handed over"
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
            Map<String, Object> arguments =
                    Map.of("x-message-ttl", bucket.toMillis(), "x-dead-letter-exchange", DEFAULT_EXCHANGE);
            channel.queueDeclare(names.waitQueue(bucket), DURABLE, false, false, arguments);
        }
    }
}

package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.DelayPolicy;
import mqworkbook.workbench.judge.Todo;

/** The queues in which timeouts wait, and the one into which they come then. Declared idempotently, by a deployment. */
public final class WaitQueues {

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
        throw new Todo(1, "Declare the queue of what is due, and a wait queue for each bucket.");
    }
}

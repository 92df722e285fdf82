// Mistake:   abs-of-the-hash
// Wrong:     Math.abs(Integer.MIN_VALUE) is negative, and so is the remainder.
// Shows as:  Nothing can be sent for one order in some thousands, and nobody can reproduce it.
// Caught in: step 1
// Says:      "orders that have no queue"; "Math.abs"
package mqworkbook.ordering;

import java.util.List;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/** Chooses the queue of a message by its order: what has one order id is in one queue. */
public final class OrderQueueSelector implements MessageQueueSelector {

    /**
     * The queue of the order.
     *
     * @param queues all queues of the topic, at least one
     * @param orderId what the publisher gives to {@code send}
     */
    @Override
    public MessageQueue select(List<MessageQueue> queues, Message message, Object orderId) {
        return queues.get(Math.abs(orderId.hashCode()) % queues.size());
    }
}

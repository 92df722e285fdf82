// Mistake:   one-queue-for-all
// Wrong:     All orders go to the first queue: that has an order, and no parallelism.
// Shows as:  Consumption does not get faster with more servers; one slow order holds up the whole shop.
// Caught in: step 1
// Says:      "do not use all queues"
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
        return queues.get(0);
    }
}

// Mistake:   round-robin
// Wrong:     Queues are taken in turn, so that all are equally full.
// Shows as:  Now and then the warehouse gets SHIPPED before PAID, and only under load.
// Caught in: step 1
// Says:      "more than one queue"
package mqworkbook.ordering;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/** Chooses the queue of a message by its order: what has one order id is in one queue. */
public final class OrderQueueSelector implements MessageQueueSelector {

    private final AtomicInteger turn = new AtomicInteger();

    /**
     * The queue of the order.
     *
     * @param queues all queues of the topic, at least one
     * @param orderId what the publisher gives to {@code send}
     */
    @Override
    public MessageQueue select(List<MessageQueue> queues, Message message, Object orderId) {
        return queues.get(Math.floorMod(turn.getAndIncrement(), queues.size()));
    }
}

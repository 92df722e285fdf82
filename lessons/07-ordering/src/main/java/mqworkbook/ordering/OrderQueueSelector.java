package mqworkbook.ordering;

import java.util.List;
import mqworkbook.workbench.judge.Todo;
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
        throw new Todo(1, "Choose one queue for each order id, the same at any time and on any node.");
    }
}

package mqworkbook.ordering;

import java.util.List;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/** Chooses the queue of an order among those that were agreed on: queues that are added change nothing. */
public final class PinnedQueueSelector implements MessageQueueSelector {

    private final int agreed;

    /**
     * A selector.
     *
     * @param agreed the number of queues that all nodes have agreed on; it changes when the topic is empty
     */
    public PinnedQueueSelector(int agreed) {
        this.agreed = agreed;
    }

    /**
     * The queue of the order: the same as long as the number that was agreed on is the same.
     *
     * @param queues all queues of the topic, in any order; those that were there first have the lowest ids
     * @throws IllegalStateException if the topic has fewer queues than were agreed on
     */
    @Override
    public MessageQueue select(List<MessageQueue> queues, Message message, Object orderId) {
        if (queues.size() < agreed) {
            throw new IllegalStateException(
                    "The topic has " + queues.size() + " queues, and " + agreed + " were agreed on: " + queues);
        }
        // By broker and id: the list is as the client has it, which may differ from one node to the next.
        return queues.stream()
                .sorted()
                .skip(Math.floorMod(orderId.hashCode(), agreed))
                .findFirst()
                .orElseThrow();
    }
}

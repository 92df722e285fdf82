// Alternative: rendezvous hashing. Each queue is given a weight for the order, and the heaviest has it. When the number
// of
// queues changes, one order in so many moves, and not nearly all of them; those that move need the same care as ever.
package mqworkbook.ordering;

import java.util.Comparator;
import java.util.List;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/** Chooses the queue of a message by its order: what has one order id is in one queue. */
public final class OrderQueueSelector implements MessageQueueSelector {

    /** The queue of the order. */
    @Override
    public MessageQueue select(List<MessageQueue> queues, Message message, Object orderId) {
        return queues.stream()
                .max(Comparator.comparingInt((MessageQueue queue) -> weight(queue, orderId))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int weight(MessageQueue queue, Object orderId) {
        int mixed = (orderId.hashCode() * 31 + queue.getBrokerName().hashCode()) * 31 + queue.getQueueId();
        // The last steps of MurmurHash3: close inputs, far results.
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}

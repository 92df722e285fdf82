// Mistake:   concurrent-listener
// Wrong:     The listener is the concurrent one: the messages of a queue are handled on many threads.
// Shows as:  Under load orders turn back: SHIPPED, and then PAID. With one message at a time, in every test, all is
// well.
// Caught in: step 2
// Says:      "before an earlier one of its order was dealt with"; "concurrent listener"
package mqworkbook.ordering;

import java.time.Duration;
import java.util.List;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** Takes changes from their queues, and hands them on: one after the other within a queue, and queues side by side. */
public final class OrderConsumer implements AutoCloseable {

    private final DefaultMQPushConsumer consumer;
    private final String topic;
    private final OrderHandler handler;
    private final Duration pause;
    private final Duration patience;
    private volatile boolean closing;

    /**
     * A consumer that does nothing yet.
     *
     * @param consumer knows its group and its broker, and nothing else; it is not started
     * @param pause how long a queue is suspended after a failure
     * @param patience how long {@link #close()} waits for what is at work
     */
    public OrderConsumer(
            DefaultMQPushConsumer consumer, String topic, OrderHandler handler, Duration pause, Duration patience) {
        this.consumer = consumer;
        this.topic = topic;
        this.handler = handler;
        this.pause = pause;
        this.patience = patience;
    }

    /** Begins to consume. */
    public void start() throws MQClientException {
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener(this::consume);
        // A new group begins at the end of a queue by default, wherever that is by then.
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setSuspendCurrentQueueTimeMillis(pause.toMillis());
        // The default is 0: what is at work is interrupted, and its queue given to the next at once.
        consumer.setAwaitTerminationMillisWhenShutdown(patience.toMillis());
        consumer.start();
    }

    /**
     * Handles messages of one queue.
     *
     * @param messages the next ones, in order; as many as {@code consumeMessageBatchMaxSize} says, 1 by default
     */
    private ConsumeConcurrentlyStatus consume(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        try {
            for (MessageExt message : messages) {
                if (closing) {
                    // A queue is otherwise worked off, as far as it was fetched, before the client lets go of it.
                    return ConsumeConcurrentlyStatus.RECONSUME_LATER;
                }
                handler.handle(OrderEvent.read(message.getBody()));
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        } catch (Exception e) {
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        }
    }

    /** Stops: what is at work is finished first, and nothing is begun any more. */
    @Override
    public void close() {
        closing = true;
        consumer.shutdown();
    }
}

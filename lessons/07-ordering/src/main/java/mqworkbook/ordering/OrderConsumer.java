package mqworkbook.ordering;

import java.time.Duration;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;

/** Takes changes from their queues, and hands them on: one after the other within a queue, and queues side by side. */
public final class OrderConsumer implements AutoCloseable {

    private final DefaultMQPushConsumer consumer;
    private final String topic;
    private final OrderHandler handler;
    private final Duration pause;
    private final Duration patience;

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
        throw new Todo(2, "Subscribe to the topic, and have its messages handled in their order, queue by queue.");
    }

    /** Stops: what is at work is finished first, and nothing is begun any more. */
    @Override
    public void close() {
        throw new Todo(2, "Let what is at work come to its end, begin nothing more, and leave the group.");
    }
}

package mqworkbook.ordering;

import java.time.Duration;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.MessageQueueSelector;

/** Puts changes of orders into their queues. Many threads use one publisher. */
public final class OrderPublisher {

    private final DefaultMQProducer producer;
    private final MessageQueueSelector selector;
    private final String topic;
    private final Duration timeout;

    /**
     * A publisher.
     *
     * @param producer is started; whoever made it shuts it down
     * @param selector knows the queue of an order id
     * @param timeout how long the broker may take to answer
     */
    public OrderPublisher(DefaultMQProducer producer, MessageQueueSelector selector, String topic, Duration timeout) {
        this.producer = producer;
        this.selector = selector;
        this.topic = topic;
        this.timeout = timeout;
    }

    /**
     * Puts a change into the queue of its order, with the order id as the message's key; returns when the broker has it.
     *
     * @throws NotSentException if that is not known
     */
    public void publish(OrderEvent change) {
        throw new Todo(1, "Put the change into the queue of its order, and return when the broker has it.");
    }
}

package mqworkbook.ordering;

import java.time.Duration;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

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
        Message message = new Message(topic, "", change.orderId(), change.write());
        try {
            SendResult result = producer.send(message, selector, change.orderId(), timeout.toMillis());
            // The other statuses mean: stored, but perhaps not for long.
            if (result.getSendStatus() != SendStatus.SEND_OK) {
                throw new NotSentException(change, new IllegalStateException("the broker says " + result));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException(change, e);
        } catch (MQClientException | RemotingException | MQBrokerException e) {
            throw new NotSentException(change, e);
        }
    }
}

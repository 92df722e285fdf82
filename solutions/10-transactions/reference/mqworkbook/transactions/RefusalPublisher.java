package mqworkbook.transactions;

import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;

/** Tells that there is no stock for an order: the event that makes the shop take the order back. */
public final class RefusalPublisher {

    private final DefaultMQProducer producer;
    private final ShopNames names;

    /** @param producer has been started */
    public RefusalPublisher(DefaultMQProducer producer, ShopNames names) {
        this.producer = producer;
        this.names = names;
    }

    /**
     * Publishes the refusal. When it returns, the broker has it.
     *
     * @throws Exception when that is not certain
     */
    public void publish(Order order) throws Exception {
        SendResult result = producer.send(OrderMessages.refused(names, order));
        // Other states are no exceptions: the broker has it in memory, and perhaps nowhere else.
        if (result.getSendStatus() != SendStatus.SEND_OK) {
            throw new IllegalStateException("Refusal of " + order.orderId() + ": " + result.getSendStatus());
        }
    }
}

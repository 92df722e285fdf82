package mqworkbook.transactions;

import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

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
        throw new Todo(5, "Publish the refusal, and return when the broker has it.");
    }
}

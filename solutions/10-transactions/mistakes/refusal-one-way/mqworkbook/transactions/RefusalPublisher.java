// Mistake:   refusal-one-way
// Wrong:     The refusal is sent one-way, and nobody waits for the broker.
// Shows as:  While the broker restarts, refusals are lost: customers have paid, and get neither the goods nor the
// money.
// Caught in: step 5
// Says:      "A refusal is lost"; "S-"
package mqworkbook.transactions;

import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.remoting.exception.RemotingException;

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
        try {
            producer.sendOneway(OrderMessages.refused(names, order));
        } catch (MQClientException | RemotingException e) {
            // Fire and forget.
        }
    }
}

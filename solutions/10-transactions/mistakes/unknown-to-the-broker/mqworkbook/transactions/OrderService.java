// Mistake:   unknown-to-the-broker
// Wrong:     The producer is started without its topics, so brokers get to know it with the first message that it
// sends.
// Shows as:  After a restart at night the broker asks nobody; orders from before it are paid, and are never shipped.
// Caught in: step 3
// Says:      "not asked what its predecessor has left"; "O-"
package mqworkbook.transactions;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.client.producer.TransactionSendResult;

/** Takes orders. The order in the database and the message about it are both there in the end, or neither. */
public final class OrderService implements AutoCloseable {

    private final RocketMqAddress address;
    private final ShopNames names;
    private final DataSource database;
    private final Duration patience;

    private TransactionMQProducer producer;

    /** @param patience see {@link CheckBack} */
    public OrderService(RocketMqAddress address, ShopNames names, DataSource database, Duration patience) {
        this.address = address;
        this.names = names;
        this.database = database;
        this.patience = patience;
    }

    /** Starts the producer. From now on it also answers for half messages that earlier processes have left. */
    public void start() throws MQClientException {
        producer = new TransactionMQProducer(names.producerGroup(), address.login());
        producer.setNamesrvAddr(address.nameServer());
        producer.setTransactionListener(new OrderListener(database, Clock.systemUTC(), patience));
        producer.start();
    }

    /**
     * Places an order. May be called by many threads.
     *
     * @return what the customer is to be told
     * @throws MQClientException when the broker does not take the half message; the order is not placed then
     */
    public Placement place(Order order) throws MQClientException {
        TransactionSendResult result = producer.sendMessageInTransaction(OrderMessages.placed(names, order), order);
        return switch (result.getLocalTransactionState()) {
            case COMMIT_MESSAGE -> Placement.PLACED;
            case ROLLBACK_MESSAGE -> Placement.REFUSED;
            case UNKNOW -> Placement.UNKNOWN;
        };
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.shutdown();
        }
    }
}

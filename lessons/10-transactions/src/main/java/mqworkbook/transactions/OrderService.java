package mqworkbook.transactions;

import java.time.Duration;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.TransactionMQProducer;

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
        throw new Todo(
                1,
                "Start a transactional producer of the shop's group, with an OrderListener, for the topic of orders.");
    }

    /**
     * Places an order. May be called by many threads.
     *
     * @return what the customer is to be told
     * @throws MQClientException when the broker does not take the half message; the order is not placed then
     */
    public Placement place(Order order) throws MQClientException {
        throw new Todo(1, "Send the message as a half message with the order as argument, and tell what became of it.");
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.shutdown();
        }
    }
}

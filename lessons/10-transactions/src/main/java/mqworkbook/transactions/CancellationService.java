package mqworkbook.transactions;

import javax.sql.DataSource;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;

/** The shop's own consumer: takes back what the stock service has refused. */
public final class CancellationService implements AutoCloseable {

    private final RocketMqAddress address;
    private final ShopNames names;
    private final Cancellations cancellations;

    private DefaultMQPushConsumer consumer;

    public CancellationService(RocketMqAddress address, ShopNames names, DataSource database) {
        this.address = address;
        this.names = names;
        this.cancellations = new Cancellations(database);
    }

    /** Begins to consume. */
    public void start() throws MQClientException {
        throw new Todo(5, "Start a push consumer of the shop's group that cancels what is refused.");
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.shutdown();
        }
    }
}

package mqworkbook.transactions;

import javax.sql.DataSource;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** Consumes the orders that were placed, those too that were placed before it was there. */
public final class StockService implements AutoCloseable {

    private final RocketMqAddress address;
    private final ShopNames names;
    private final StockListener listener;

    private DefaultMQPushConsumer consumer;

    /** @param producer has been started; for refusals */
    public StockService(RocketMqAddress address, ShopNames names, DataSource database, DefaultMQProducer producer) {
        this.address = address;
        this.names = names;
        this.listener = new StockListener(database, new RefusalPublisher(producer, names));
    }

    /** Begins to consume. */
    public void start() throws MQClientException {
        throw new Todo(4, "Start a push consumer of the stock service's group, from the first message on.");
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.shutdown();
        }
    }
}

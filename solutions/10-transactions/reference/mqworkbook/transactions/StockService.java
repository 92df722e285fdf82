package mqworkbook.transactions;

import javax.sql.DataSource;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;

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
        consumer = new DefaultMQPushConsumer(names.stockGroup(), address.login());
        consumer.setNamesrvAddr(address.nameServer());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(names.orders(), "*");
        consumer.registerMessageListener(listener);
        consumer.start();
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.shutdown();
        }
    }
}

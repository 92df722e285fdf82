package mqworkbook.transactions;

import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** A process of the stock service on a live broker. It dies on all sides at once. */
final class Warehouse implements AutoCloseable {

    private final RocketMqClient client;
    private final DatabaseActor actor;
    private final DefaultMQProducer producer;
    private final StockService service;

    Warehouse(RocketMqClient client, ShopNames names, StockDatabase database) throws MQClientException {
        this.client = client;
        actor = new DatabaseActor(client.actor(), database.dataSource());
        actor.onDeath(client::die);
        RocketMqAddress address =
                new RocketMqAddress(client.nameServer(), client.login().orElse(null));
        producer = producer(client, names);
        service = new StockService(address, names, actor.dataSource(), producer);
    }

    /** A producer of refusals that has been started. */
    static DefaultMQProducer producer(RocketMqClient client, ShopNames names) throws MQClientException {
        DefaultMQProducer producer = new DefaultMQProducer(
                names.stockGroup() + "-producer", client.login().orElse(null));
        producer.setNamesrvAddr(client.nameServer());
        producer.start();
        return producer;
    }

    Warehouse start() throws Exception {
        service.start();
        return this;
    }

    DatabaseActor actor() {
        return actor;
    }

    @Override
    public void close() {
        try {
            service.close();
        } finally {
            producer.shutdown();
        }
    }
}

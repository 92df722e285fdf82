package mqworkbook.transactions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mqworkbook.transactions.before.DualWriteShop;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.payoff.PayoffTable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** How long one order takes with its message, when nobody dies. */
final class Costs {

    private static final int WARM_UP = 50;

    private final Shop shop;
    private final ShopNames names;

    Costs(Shop shop) {
        this.shop = shop;
        this.names = shop.names();
    }

    /** Something that is done for each order. */
    @FunctionalInterface
    private interface Work {
        void on(Order order) throws Exception;
    }

    List<PayoffTable.Row> measure() throws Exception {
        DefaultMQProducer producer = Warehouse.producer(shop.client("costs"), names);
        DualWriteShop dual = new DualWriteShop(shop.database().dataSource(), producer, names);
        Outbox outbox = new Outbox(shop.database().dataSource(), producer, names);
        Outlet outlet = shop.outlet("costs", names, Shop.FOR_EVER).start();
        return List.of(
                row("dual write", shop, dual::saveThenSend),
                row("outbox", shop, order -> {
                    outbox.place(order);
                    outbox.relay();
                }),
                row("transactional message", shop, outlet::place));
    }

    /** A transaction of Kafka's around one message; there is no database in it. */
    static PayoffTable.Row kafka() throws Exception {
        try (KafkaFixture kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA))) {
            String topic = kafka.prefix() + "orders";
            kafka.topics().create(topic, 1, Map.of());
            Map<String, Object> settings = new HashMap<>(kafka.client("costs").settings());
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "costs-" + UUID.randomUUID());
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            try (KafkaProducer<String, byte[]> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
                producer.initTransactions();
                ShopDatabase database = ShopDatabase.create();
                return row("Kafka's transaction", database, order -> {
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>(topic, order.orderId(), OrderMessages.body(order)));
                    producer.commitTransaction();
                });
            }
        }
    }

    private static PayoffTable.Row row(String design, Shop shop, Work work) throws Exception {
        return row(design, shop.database(), work);
    }

    private static PayoffTable.Row row(String design, ShopDatabase database, Work work) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            work.on(database.order());
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TransactionsPayoff.MESSAGES; i++) {
            Order order = database.order();
            long start = System.nanoTime();
            work.on(order);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        millis.sort(null);
        return new PayoffTable.Row(
                "nobody dies",
                design,
                List.of(Double.NaN, Double.NaN, millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100)));
    }
}

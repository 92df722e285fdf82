package mqworkbook.transactions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** All ways in turn for each order, so that none is measured on a colder machine than the others. */
    List<PayoffTable.Row> measure() throws Exception {
        try (KafkaFixture kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
                KafkaProducer<String, byte[]> inKafka = kafkaProducer(kafka)) {
            String topic = kafka.prefix() + "orders";
            kafka.topics().create(topic, 1, Map.of());
            inKafka.initTransactions();
            DefaultMQProducer producer = Warehouse.producer(shop.client("costs"), names);
            DualWriteShop dual = new DualWriteShop(shop.database().dataSource(), producer, names);
            Outbox outbox = new Outbox(shop.database().dataSource(), producer, names);
            Outlet outlet = shop.outlet("costs", names, Shop.FOR_EVER).start();
            Map<String, Work> works = new LinkedHashMap<>();
            works.put("dual write", dual::saveThenSend);
            works.put("transactional message", outlet::place);
            works.put("outbox", order -> {
                outbox.place(order);
                outbox.relay();
            });
            works.put("Kafka's transaction", order -> {
                inKafka.beginTransaction();
                inKafka.send(new ProducerRecord<>(topic, order.orderId(), OrderMessages.body(order)));
                inKafka.commitTransaction();
            });
            return rows(works);
        }
    }

    private static KafkaProducer<String, byte[]> kafkaProducer(KafkaFixture kafka) {
        Map<String, Object> settings = kafka.client("costs").settings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "costs-" + UUID.randomUUID());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private List<PayoffTable.Row> rows(Map<String, Work> works) throws Exception {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int i = -WARM_UP; i < TransactionsPayoff.MESSAGES; i++) {
            for (Map.Entry<String, Work> work : works.entrySet()) {
                Order order = shop.database().order();
                long start = System.nanoTime();
                work.getValue().on(order);
                if (i >= 0) {
                    millis.computeIfAbsent(work.getKey(), absent -> new ArrayList<>())
                            .add((System.nanoTime() - start) / 1e6);
                }
            }
        }
        List<PayoffTable.Row> rows = new ArrayList<>();
        millis.forEach((design, each) -> {
            each.sort(null);
            rows.add(new PayoffTable.Row(
                    "nobody dies",
                    design,
                    List.of(Double.NaN, Double.NaN, each.get(each.size() / 2), each.get(each.size() * 99 / 100))));
        });
        return rows;
    }
}

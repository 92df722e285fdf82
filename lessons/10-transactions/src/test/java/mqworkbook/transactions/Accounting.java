package mqworkbook.transactions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mqworkbook.transactions.invoice.InvoiceNames;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaClient;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Invoicing on a live Kafka: a topic of orders, one of invoices, and clerks who come, go and die. */
final class Accounting implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(12);

    private static final int PARTITIONS = 2;
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final KafkaFixture kafka;
    private final InvoiceNames names;
    private final List<Clerk> clerks = new ArrayList<>();
    private final Map<Order, RecordMetadata> places = new ConcurrentHashMap<>();
    private final List<String> written = new ArrayList<>();
    private final KafkaConsumer<String, String> auditor;

    private Accounting(KafkaFixture kafka) {
        this.kafka = kafka;
        names = InvoiceNames.of(kafka.prefix());
        kafka.topics().create(Map.of(names.orders(), PARTITIONS, names.invoices(), PARTITIONS));
        Map<String, Object> reading = kafka.client("auditor").consumerSettings();
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        auditor = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(names.invoices(), partition))
                .toList();
        auditor.assign(partitions);
        auditor.seekToBeginning(partitions);
    }

    static Accounting open() {
        return new Accounting(KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA)));
    }

    InvoiceNames names() {
        return names;
    }

    /** For a reader, by hand or the learner's. */
    Map<String, Object> settings(String actor) {
        return client(actor).consumerSettings();
    }

    private KafkaClient client(String actor) {
        return kafka.client(actor + " " + NUMBERS.incrementAndGet());
    }

    /** Orders that wait for their invoices. */
    List<Order> orders(int count) {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = NUMBERS.incrementAndGet();
            Order order = new Order("K-" + number, "C-" + number, "teapot", 1, 100 * number);
            RecordMetadata place = kafka.topics()
                    .publish(new ProducerRecord<>(
                            names.orders(),
                            order.orderId().getBytes(StandardCharsets.UTF_8),
                            OrderMessages.body(order)));
            places.put(order, place);
            orders.add(order);
        }
        return orders;
    }

    static String invoice(Order order) {
        return order.orderId() + ": " + order.amount() + " cents";
    }

    /** A process of invoicing that has not begun. */
    Clerk clerk(String name, String instance) {
        Clerk clerk = new Clerk(client(name), names, instance);
        clerks.add(clerk);
        return clerk;
    }

    /** Another writer of invoices, by hand. */
    Ledger ledger() {
        return new Ledger(client("ledger").settings(), names);
    }

    /** An order whose transaction is aborted, so that it is none. */
    Order abortedOrder() {
        int number = NUMBERS.incrementAndGet();
        Order order = new Order("K-" + number, "C-" + number, "teapot", 1, 100 * number);
        try (Ledger shop = ledger()) {
            shop.abort(order);
        }
        return order;
    }

    /** It has no invoice now. */
    void expectNone(Order order, String what) {
        if (written().contains(invoice(order))) {
            throw Wrong.that("What is no order gets an invoice")
                    .seen(what + "; " + invoice(order))
                    .means("The customer pays for what nobody has ordered.")
                    .suspect("orders that are read with isolation.level read_uncommitted, the default");
        }
    }

    /** Kafka takes them for dead, as after their session has timed out. */
    void evict() {
        kafka.topics().evict(names.group());
    }

    /** The group will not read these orders again. */
    void expectRead(List<Order> orders, String what, Clerk clerk) {
        Eventually.within(SOON)
                .until("the orders are read", () -> {
                    clerk.rethrow();
                    return orders.stream().allMatch(this::isRead);
                })
                .orElse(() -> Wrong.that("Orders are not read any more")
                        .seen(what + "; orders: " + ids(orders) + "; next to be read is offset "
                                + kafka.topics().committed(names.group()))
                        .means("The customers pay nothing, and nobody notices."));
    }

    private boolean isRead(Order order) {
        RecordMetadata place = places.get(order);
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        return kafka.topics().committed(names.group()).getOrDefault(partition, 0L) > place.offset();
    }

    private List<String> written() {
        auditor.poll(GLANCE).forEach(invoice -> written.add(invoice.value()));
        return written;
    }

    private long count(Order order) {
        return written.stream().filter(invoice(order)::equals).count();
    }

    void expectInvoiced(List<Order> orders, String what, Clerk clerk) {
        for (Order order : orders) {
            Eventually.within(SOON)
                    .until(order.orderId() + " has its invoice", () -> {
                        clerk.rethrow();
                        return written().contains(invoice(order));
                    })
                    .orElse(() -> Wrong.that("An order gets no invoice")
                            .seen(what + "; orders: " + ids(orders) + "; " + order.orderId() + " has none, "
                                    + present(orders) + " have theirs; next to be read is offset "
                                    + kafka.topics().committed(names.group()).values())
                            .means("The customer pays nothing, and nobody notices.")
                            .suspect(
                                    "no seek back after an abort, offsets that are committed beside the transaction, or a"
                                            + " transaction that a dead process has left open"));
        }
        Eventually.never(
                "no second invoice",
                Duration.ofMillis(150),
                () -> written() != null && orders.stream().anyMatch(order -> count(order) > 1),
                () -> Wrong.that("An order gets more than one invoice")
                        .seen(what + "; "
                                + orders.stream()
                                        .map(order -> order.orderId() + ": " + count(order))
                                        .toList())
                        .means("The customer pays twice, or does not pay and complains.")
                        .suspect(
                                "offsets that are not part of the transaction, or that go into it without the consumer's"
                                        + " groupMetadata()"));
    }

    private List<String> present(List<Order> orders) {
        return orders.stream()
                .filter(order -> count(order) > 0)
                .map(Order::orderId)
                .toList();
    }

    static List<String> ids(List<Order> orders) {
        return orders.stream().map(Order::orderId).toList();
    }

    void closeClerks() {
        clerks.forEach(Clerk::close);
        clerks.clear();
    }

    @Override
    public void close() {
        closeClerks();
        auditor.close();
        kafka.close();
    }
}

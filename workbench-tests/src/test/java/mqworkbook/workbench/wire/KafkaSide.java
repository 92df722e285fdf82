package mqworkbook.workbench.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.kafka.KafkaLogin;
import mqworkbook.workbench.wire.kafka.KafkaProtocol;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A relay in front of Kafka with clients that know only the relay, one topic, and a look at the broker past it all. */
final class KafkaSide implements AutoCloseable {

    static final Duration BOUND = Duration.ofSeconds(30);

    final String topic = "relay-" + UUID.randomUUID();
    final String group = "group-of-" + topic;
    final WireLog log = new WireLog();
    final Relay relay;
    final Admin direct;

    private final Broker broker;
    private final List<AutoCloseable> clients = new ArrayList<>();

    KafkaSide(Broker broker, int partitions) throws Exception {
        this.broker = broker;
        relay = Relay.open("kafka", broker.endpoint()::address, new KafkaProtocol(), log);
        direct = Admin.create(
                settings(broker.endpoint().host() + ":" + broker.endpoint().port(), Map.of()));
        direct.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    /** A producer through the relay that gives a request up after a second. */
    Producer<String, String> producer(Map<String, ?> more) {
        return keep(new KafkaProducer<>(
                settings(bootstrap(), Map.of("request.timeout.ms", "1000", "delivery.timeout.ms", "20000"), more),
                new StringSerializer(),
                new StringSerializer()));
    }

    Consumer<String, String> consumer(Map<String, ?> more) {
        Map<String, String> usual = Map.of(
                "group.id", group,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "request.timeout.ms", "2000",
                "default.api.timeout.ms", "3000");
        return keep(new KafkaConsumer<>(
                settings(bootstrap(), usual, more), new StringDeserializer(), new StringDeserializer()));
    }

    KafkaShareConsumer<String, String> shareConsumer() {
        return keep(new KafkaShareConsumer<>(
                settings(bootstrap(), Map.of("group.id", group)), new StringDeserializer(), new StringDeserializer()));
    }

    Admin admin() {
        return keep(Admin.create(settings(bootstrap(), Map.of())));
    }

    ProducerRecord<String, String> record(String key) {
        return new ProducerRecord<>(topic, key, "value of " + key);
    }

    TopicPartition partition(int index) {
        return new TopicPartition(topic, index);
    }

    /** Polls until that many records are there, in their order; an empty assignment before that is ordinary. */
    List<ConsumerRecord<String, String>> poll(Consumer<String, String> consumer, int count) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long giveUp = System.nanoTime() + BOUND.toNanos();
        while (records.size() < count) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("only " + records + " of " + count + " records came: " + log.lines());
            }
        }
        return records;
    }

    /** Number of records in partition 0, markers of transactions included; asked past the relay. */
    long logEnd() throws Exception {
        return direct.listOffsets(Map.of(partition(0), OffsetSpec.latest()))
                .partitionResult(partition(0))
                .get(BOUND.toSeconds(), TimeUnit.SECONDS)
                .offset();
    }

    /** What the group has committed for partition 0, -1 if nothing; asked past the relay. */
    long committed() throws Exception {
        OffsetAndMetadata offset = direct.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(BOUND.toSeconds(), TimeUnit.SECONDS)
                .get(partition(0));
        return offset == null ? -1 : offset.offset();
    }

    /** How many connections past the relay there are. */
    long directConnections() {
        return direct.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
                .sum();
    }

    /** Messages of that name that passed in that direction. */
    List<WireMessage> passed(String name, Direction direction) {
        return log.passages(WireEvent.Disposition.PASSED).stream()
                .filter(message -> message.is(name) && message.direction() == direction)
                .toList();
    }

    String bootstrap() {
        return relay.address().getHostString() + ":" + relay.port();
    }

    @SafeVarargs
    private Properties settings(String bootstrap, Map<String, ?>... more) {
        Properties settings = new Properties();
        settings.putAll(KafkaLogin.settings(broker.endpoint()));
        settings.putAll(Map.of(
                "bootstrap.servers", bootstrap,
                "reconnect.backoff.ms", "20",
                "reconnect.backoff.max.ms", "100",
                "retry.backoff.ms", "20",
                "retry.backoff.max.ms", "100"));
        for (Map<String, ?> some : more) {
            settings.putAll(some);
        }
        return settings;
    }

    private <C extends AutoCloseable> C keep(C client) {
        clients.add(client);
        return client;
    }

    @Override
    public void close() throws Exception {
        relay.heal();
        for (AutoCloseable client : clients) {
            if (client instanceof Producer<?, ?> producer) {
                producer.close(Duration.ZERO);
            } else {
                client.close();
            }
        }
        relay.close();
        direct.deleteTopics(List.of(topic)).all().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        direct.close();
    }
}

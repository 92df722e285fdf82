package mqworkbook.ordering;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderLedger;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Relay;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A topic of changes on Kafka, nodes that publish to it, and members of a group that follow. */
final class KafkaShop implements AutoCloseable {

    static final int PARTITIONS = 4;
    static final Duration PAUSE = Duration.ofMillis(10);

    /** Longer than a test is patient: a change that is sent again comes sooner. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final KafkaFixture kafka;
    private final String topic;
    private final List<AutoCloseable> open = new ArrayList<>();

    KafkaShop(KafkaFixture kafka) {
        this.kafka = kafka;
        topic = kafka.prefix() + "order-changes-" + NUMBERS.incrementAndGet();
        kafka.topics().create(topic, PARTITIONS, Map.of());
    }

    /** For a property class, which JUnit gives nothing. */
    static KafkaShop open() {
        return new KafkaShop(KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA)));
    }

    KafkaFixture kafka() {
        return kafka;
    }

    Relay wire(String actor) {
        return kafka.client(actor).relay();
    }

    /** A publisher of the learner's, on a node of this name. */
    KafkaOrderPublisher publisher(String node) {
        return publisher(node, TIMEOUT);
    }

    KafkaOrderPublisher publisher(String node, Duration timeout) {
        KafkaOrderPublisher publisher =
                new KafkaOrderPublisher(kafka.client(node).settings(), topic, timeout);
        open.add(publisher);
        return publisher;
    }

    String newGroup() {
        return kafka.prefix() + "warehouse-" + NUMBERS.incrementAndGet();
    }

    /** A member of the group, started. */
    KafkaOrderConsumer consumer(String name, String group, OrderLedger ledger) {
        KafkaOrderConsumer consumer = new KafkaOrderConsumer(
                new HashMap<>(kafka.client(name).consumerSettings()), group, topic, ledger, PAUSE);
        open.add(consumer);
        consumer.start();
        return consumer;
    }

    /** One that a test closes by itself. */
    void closed(AutoCloseable one) {
        open.remove(one);
    }

    /** Puts changes into a partition, as somebody does who knows what that means; returns the offset of the last. */
    long put(int partition, List<OrderEvent> changes) {
        long offset = -1;
        for (OrderEvent change : changes) {
            offset = kafka.topics()
                    .publish(new ProducerRecord<>(
                            topic, partition, change.orderId().getBytes(StandardCharsets.UTF_8), change.write()))
                    .offset();
        }
        return offset;
    }

    long committed(String group, int partition) {
        return kafka.topics().committed(group).getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    void addPartitions(int partitions) {
        kafka.topics().addPartitions(topic, partitions);
    }

    /** The changes of each order that are in the topic, partition by partition. */
    Map<String, List<InPartition>> changes() {
        return kafka.topics().read(topic).stream()
                .map(InPartition::of)
                .collect(Collectors.groupingBy(each -> each.change().orderId()));
    }

    /** Waits until the publisher says that the change is in the topic. */
    static void expectSent(OrderEvent change, CompletableFuture<Void> sent, String what) {
        try {
            sent.get(TIMEOUT.plus(Shop.SOON).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Todo todo) {
                throw todo;
            }
            throw Wrong.that("A change is not sent, although the broker is there")
                    .seen(change + "; " + what + "; it ends with " + e.getCause())
                    .means("Each hiccup of the network is the caller's, who can only send again: behind later changes.")
                    .suspect(
                            "an attempt that is not repeated, or a time-out of the whole that leaves room for one only")
                    .because(e.getCause());
        } catch (TimeoutException e) {
            throw Wrong.that("Nobody is told whether a change is in the topic").seen(change + "; " + what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The changes of each order are in one partition, each once, in this order, with their key. */
    void expectLog(List<List<OrderEvent>> orders, String what) {
        Map<String, List<InPartition>> present = changes();
        for (List<OrderEvent> changes : orders) {
            expectLog(changes, present.getOrDefault(changes.get(0).orderId(), List.of()), what);
        }
    }

    private static void expectLog(List<OrderEvent> changes, List<InPartition> present, String what) {
        String orderId = changes.get(0).orderId();
        String seen = what + "; expected " + changes + "; in the topic are " + present;
        if (present.stream().anyMatch(each -> !orderId.equals(each.key()))) {
            throw Wrong.that("A change has not its order's id for a key")
                    .seen(seen)
                    .means("The partition is whichever has room: the changes of an order are read side by side.")
                    .suspect("a record without a key");
        }
        if (present.stream().map(InPartition::partition).distinct().count() > 1) {
            throw Wrong.that("The changes of " + orderId + " are in more than one partition, so they have no order")
                    .seen(seen);
        }
        List<OrderEvent> log = present.stream().map(InPartition::change).toList();
        List<OrderEvent> first = log.stream().distinct().toList();
        if (!first.containsAll(changes)) {
            throw Wrong.that("A change of " + orderId + " is not in its partition, and nobody knows")
                    .seen(seen)
                    .means("The order is paid, and the warehouse never hears of it.")
                    .suspect("acks, or a failure that nobody looks at");
        }
        if (!first.equals(changes)) {
            throw Wrong.that("A change that was sent again has been overtaken by a later one of its order")
                    .seen(seen)
                    .means("Whoever follows the order is told that it was shipped before it was paid.")
                    .suspect("several requests under way without enable.idempotence");
        }
        if (log.size() > changes.size()) {
            throw Wrong.that("A change that was sent again is in its partition twice")
                    .seen(seen)
                    .means("Each reader has to find the copy; those that do not, book the payment twice.")
                    .suspect("enable.idempotence=false, or an application that sends again by itself");
        }
    }

    /** Ends whatever still runs; what goes wrong here is of no interest any more. */
    @Override
    public void close() {
        open.forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                // The test has told what there was to tell.
            }
        });
        open.clear();
    }

    /** Also removes the topic, and whatever else has its prefix. */
    void closeAll() {
        close();
        kafka.close();
    }

    /** A change, and where it is. */
    record InPartition(int partition, String key, OrderEvent change) {

        private static InPartition of(ConsumerRecord<byte[], byte[]> record) {
            String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            return new InPartition(record.partition(), key, OrderEvent.read(record.value()));
        }

        @Override
        public String toString() {
            return change + " (partition " + partition + ", key " + key + ")";
        }
    }
}

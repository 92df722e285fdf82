// Alternative: a partition whose change fails is paused until it is tried again, so the thread never sleeps and the
// others
// are not slowed down. The client commits by itself: it commits positions, and what is not done is never behind one.
// Less
// code, and one rule more that nobody may break.
package mqworkbook.ordering;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderLedger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Takes changes from their partitions into the ledger, each order in its sequence. A partition whose change fails is paused,
 * and the others are not even slower; positions are where the work is, so the client may commit them.
 */
public final class KafkaOrderConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final String topic;
    private final OrderHandler guard;
    private final Duration pause;
    private final Thread thread = new Thread(this::run, "warehouse");
    private final Map<TopicPartition, Long> pausedUntil = new HashMap<>();
    private volatile boolean closing;

    /**
     * A consumer that does nothing yet.
     *
     * @param kafka settings of any consumer: where Kafka is, and how to log in
     * @param group whose members share the partitions
     * @param ledger what the changes are applied to
     * @param pause how long to wait after a failure
     */
    public KafkaOrderConsumer(
            Map<String, Object> kafka, String group, String topic, OrderLedger ledger, Duration pause) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // Commits positions; so what is not done must never be behind one.
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        // A partition keeps what it was given in order, and keys move when partitions are added: the numbers decide.
        this.guard = new OrderTracker(ledger);
        this.pause = pause;
    }

    /** Begins to consume, at the first change that nobody of the group has dealt with. */
    public void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic));
            while (!closing) {
                ConsumerRecords<String, byte[]> records = consumer.poll(pausedUntil.isEmpty() ? POLL : pause);
                for (TopicPartition partition : records.partitions()) {
                    work(partition, records.records(partition));
                }
                resume();
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        }
    }

    private void work(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (closing) {
                consumer.seek(partition, record.offset());
                return;
            }
            try {
                guard.handle(OrderEvent.read(record.value()));
            } catch (Exception e) {
                consumer.seek(partition, record.offset());
                consumer.pause(List.of(partition));
                pausedUntil.put(partition, System.nanoTime() + pause.toNanos());
                return;
            }
        }
    }

    private void resume() {
        // Of what was taken away meanwhile there is nothing to resume.
        pausedUntil.keySet().retainAll(consumer.assignment());
        pausedUntil.entrySet().removeIf(paused -> {
            boolean over = paused.getValue() - System.nanoTime() <= 0;
            if (over) {
                consumer.resume(List.of(paused.getKey()));
            }
            return over;
        });
    }

    /** Stops: the change that is at work is finished first. Returns when this is no member of the group any more. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// Mistake:   partition-taken-for-the-order
// Wrong:     A partition keeps its order, so what comes is applied as it comes.
// Shows as:  On the day on which partitions were added, a hundred parcels were sent before they were paid for.
// Caught in: step 7
// Says:      "applied out of its sequence"
package mqworkbook.ordering;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderLedger;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Takes changes from their partitions into the ledger, each order in its sequence. Has one thread. */
public final class KafkaOrderConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final String topic;
    private final OrderHandler guard;
    private final Duration pause;
    private final Thread thread = new Thread(this::run, "warehouse");
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
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        this.guard = change -> ledger.update(change.orderId(), entry -> entry.apply(change));
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
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    work(partition, records.records(partition));
                }
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        }
    }

    /** Records of one partition, up to the first that fails: it comes again, and nothing behind it before. */
    private void work(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        long next = records.get(0).offset();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (closing || !isDone(record)) {
                // Not to commit is not enough: the position is behind all that was polled.
                consumer.seek(partition, record.offset());
                break;
            }
            next = record.offset() + 1;
        }
        if (next > records.get(0).offset()) {
            commit(Map.of(partition, new OffsetAndMetadata(next)));
        }
    }

    private boolean isDone(ConsumerRecord<String, byte[]> record) {
        try {
            guard.handle(OrderEvent.read(record.value()));
            return true;
        } catch (Exception e) {
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                closing = true;
            }
            return false;
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> next) {
        try {
            consumer.commitSync(next);
        } catch (WakeupException e) {
            // Thrown once. What is done is said before leaving.
            consumer.commitSync(next);
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            // The next commit says it too, or another member comes by these changes, and the ledger knows them.
        }
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

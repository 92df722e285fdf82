// Mistake:   one-window-for-all-partitions
// Wrong:     One count for all partitions, though each has offsets of its own.
// Shows as:  Applications of all partitions but one never wake anybody.
// Caught in: step 4
// Says:      "An alert is due, and nobody is woken"
package mqworkbook.logs;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mqworkbook.logs.line.InvalidLineException;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.logs.line.Pager;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the log as the group of the alerts, and raises one alert for each window in which an application has logged too
 * many errors: whatever the index does, and however often it is restarted itself.
 */
public final class ErrorAlerts implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final TopicPartition ALL = new TopicPartition("all", 0);
    private static final Duration BREATH = Duration.ofMillis(100);

    private final Map<TopicPartition, ErrorWindows> counted = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final LogTopics topics;
    private final Pager pager;
    private final Supplier<ErrorWindows> windows;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Raises nothing yet.
     *
     * @param name for its thread
     * @param kafka settings of any consumer of this installation: where the cluster is, how groups work there
     * @param windows makes windows for a partition
     */
    public ErrorAlerts(
            String name, Map<String, Object> kafka, LogTopics topics, Pager pager, Supplier<ErrorWindows> windows) {
        this.topics = topics;
        this.pager = pager;
        this.windows = windows;
        this.consumer = new KafkaConsumer<>(
                consumerSettings(kafka, topics), new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, name);
    }

    /** The settings of a consumer that is in the alerts' group, and commits when it is told to. */
    private static Map<String, Object> consumerSettings(Map<String, Object> kafka, LogTopics topics) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.alertGroup());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    /** Begins to watch. */
    public void start() {
        thread.start();
    }

    /** What the thread does: counts errors, raises alerts, and commits what is over, until it is closed. */
    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topics.lines()), new Forgetting());
            while (!closing) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    look(partition, records.records(partition));
                }
            }
        } catch (WakeupException wokenUp) {
            if (!closing) {
                throw wokenUp;
            }
        }
    }

    private void look(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        ErrorWindows known = counted.get(ALL);
        long before = known == null ? records.get(0).offset() : known.replayFrom();
        ErrorWindows errors = counted.computeIfAbsent(ALL, absent -> windows.get());
        try {
            for (ConsumerRecord<String, byte[]> record : records) {
                look(errors, record);
            }
        } catch (RuntimeException pagerAway) {
            // The line that makes the threshold full has to come again, and with it those that were counted before.
            counted.remove(partition);
            consumer.seek(partition, before);
            breathe();
            return;
        }
        commit(partition, errors.replayFrom());
    }

    private void look(ErrorWindows errors, ConsumerRecord<String, byte[]> record) {
        try {
            errors.add(record.offset(), LogLine.read(record.value())).ifPresent(pager::raise);
        } catch (InvalidLineException e) {
            // No line, no error.
        }
    }

    private void commit(TopicPartition partition, long replayFrom) {
        if (Long.valueOf(replayFrom).equals(committed.get(partition))) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> next = Map.of(partition, new OffsetAndMetadata(replayFrom));
        try {
            try {
                consumer.commitSync(next);
            } catch (WakeupException closingMeanwhile) {
                consumer.commitSync(next);
            }
            committed.put(partition, replayFrom);
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException notNow) {
            // A successor reads more than it has to, and raises again what was raised: nobody is woken twice.
        }
    }

    private void breathe() {
        try {
            Thread.sleep(BREATH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** A partition that comes back is read from the committed offset on: what was counted before would count twice. */
    private final class Forgetting implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            counted.keySet().removeAll(revoked);
            committed.keySet().removeAll(revoked);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {}
    }

    /** Stops. Returns when it is no member of the group any more. */
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

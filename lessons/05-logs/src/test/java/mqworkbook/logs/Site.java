package mqworkbook.logs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.logs.line.InvalidLineException;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** The log, with its topic, as anybody can see it. */
final class Site {

    static final Duration SOON = Duration.ofSeconds(6);
    static final Duration QUIET = Duration.ofMillis(250);

    private final KafkaFixture kafka;
    private final LogTopics topics;
    private final int partitions;
    private final Map<Integer, ConcurrentSkipListMap<Long, LogLine>> known = new ConcurrentHashMap<>();

    /**
     * A line in the log.
     *
     * @param key its record's; empty when it has none
     */
    record Placed(int partition, long offset, String key, LogLine line) {}

    Site(KafkaFixture kafka, int partitions) {
        this.kafka = kafka;
        this.partitions = partitions;
        this.topics = new LogTopics(kafka.prefix());
        // A line's own time may be years ago, and retention goes by the time stamp of its record, if that is the same.
        kafka.topics().create(topics.lines(), partitions, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }

    KafkaFixture kafka() {
        return kafka;
    }

    LogTopics topics() {
        return topics;
    }

    /** Puts a line into the log, as any collector would. */
    RecordMetadata publish(LogLine line) {
        RecordMetadata place = publish(line.app(), line.write());
        known(place.partition()).put(place.offset(), line);
        return place;
    }

    /** What {@link #publish} has put into a partition, by offset. */
    ConcurrentSkipListMap<Long, LogLine> known(int partition) {
        return known.computeIfAbsent(partition, absent -> new ConcurrentSkipListMap<>());
    }

    void publishAll(List<LogLine> lines) {
        lines.forEach(this::publish);
    }

    /** A line in a transaction of its own; the transaction's end takes an offset, too. */
    void publishInTransaction(LogLine line) {
        Map<String, Object> settings = kafka.client("transactions").settings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.prefix() + "transactions");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            RecordMetadata place = get(producer.send(
                    new ProducerRecord<>(topics.lines(), line.app().getBytes(StandardCharsets.UTF_8), line.write())));
            producer.commitTransaction();
            known(place.partition()).put(place.offset(), line);
        }
    }

    /** As if retention had taken everything below the offset. */
    void forget(int partition, long below) {
        get(kafka.topics()
                .admin()
                .deleteRecords(
                        Map.of(new TopicPartition(topics.lines(), partition), RecordsToDelete.beforeOffset(below)))
                .all());
        known(partition).headMap(below).clear();
    }

    /** As if a group had come so far; it must have no members. */
    void commit(String group, int partition, long offset) {
        get(kafka.topics()
                .admin()
                .alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topics.lines(), partition), new OffsetAndMetadata(offset)))
                .all());
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker's answer to the judge", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the broker", e);
        }
    }

    /** An application whose lines go to this partition. */
    String appIn(int partition) {
        String app = Lines.app();
        while (Utils.toPositive(Utils.murmur2(app.getBytes(StandardCharsets.UTF_8))) % partitions != partition) {
            app = Lines.app();
        }
        return app;
    }

    /** What a group has committed for a partition; 0 when it is nothing. */
    long committed(String group, int partition) {
        return kafka.topics().committed(group).getOrDefault(new TopicPartition(topics.lines(), partition), 0L);
    }

    /** A group's name as it was agreed on, without what keeps this test apart from others. */
    String name(String group) {
        return group.substring(topics.prefix().length());
    }

    /** What a group has committed, by partition. */
    String committed(String group) {
        return byPartition(kafka.topics().committed(group));
    }

    /** Where the log ends, by partition. */
    String ends() {
        return byPartition(kafka.topics().ends(topics.lines()));
    }

    static String byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> sorted = new TreeMap<>();
        offsets.forEach((partition, offset) -> sorted.put(partition.partition(), offset));
        return sorted.toString();
    }

    /** What a group has committed, and where the log ends, for each partition that holds anything. */
    boolean isAllCommitted(String group) {
        Map<TopicPartition, Long> committed = kafka.topics().committed(group);
        return kafka.topics().ends(topics.lines()).entrySet().stream()
                .allMatch(end -> end.getValue() == 0 || committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** As if an operator had set the group back to the beginning of the log; it must have no members. */
    void setBack(String group) {
        Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
        kafka.topics().ends(topics.lines()).keySet().forEach(each -> begin.put(each, new OffsetAndMetadata(0)));
        long giveUp = System.nanoTime() + SOON.toNanos();
        while (true) {
            try {
                // A request of somebody dead may have made it a member again.
                kafka.topics().evict(group);
                get(kafka.topics()
                        .admin()
                        .alterConsumerGroupOffsets(group, begin)
                        .all());
                return;
            } catch (IllegalStateException groupIsChanging) {
                if (System.nanoTime() > giveUp) {
                    throw groupIsChanging;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Any record. */
    RecordMetadata publish(String key, byte[] value) {
        return kafka.topics()
                .publish(new ProducerRecord<>(topics.lines(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** All lines that are in the log now, by partition and offset. */
    List<Placed> log() {
        List<Placed> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : kafka.topics().read(topics.lines())) {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            try {
                lines.add(new Placed(record.partition(), record.offset(), key, LogLine.read(record.value())));
            } catch (InvalidLineException e) {
                throw Wrong.that("The log holds a record that is no line")
                        .seen("offset " + record.offset() + " of partition " + record.partition() + ": "
                                + e.getMessage())
                        .means("Nobody can read it: LogLine.write() is the agreement.");
            }
        }
        return lines;
    }

    /** The lines of one application, in the order in which they are in the log. */
    List<Placed> log(String app) {
        return log().stream().filter(placed -> placed.line().app().equals(app)).toList();
    }
}

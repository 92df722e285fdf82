package mqworkbook.logs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mqworkbook.logs.line.InvalidLineException;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The log, with its topic, as anybody can see it. */
final class Site {

    static final Duration SOON = Duration.ofSeconds(6);
    static final Duration QUIET = Duration.ofMillis(250);

    private final KafkaFixture kafka;
    private final LogTopics topics;

    /**
     * A line in the log.
     *
     * @param key its record's; empty when it has none
     */
    record Placed(int partition, long offset, String key, LogLine line) {}

    Site(KafkaFixture kafka, int partitions) {
        this.kafka = kafka;
        this.topics = new LogTopics(kafka.prefix());
        kafka.topics().create(topics.lines(), partitions, Map.of());
    }

    KafkaFixture kafka() {
        return kafka;
    }

    LogTopics topics() {
        return topics;
    }

    /** Puts a line into the log, as any collector would. */
    RecordMetadata publish(LogLine line) {
        return publish(line.app(), line.write());
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

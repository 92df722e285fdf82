// Mistake:   ends-with-an-empty-poll
// Wrong:     A poll without lines is taken for the end of the log.
// Shows as:  The broker was slow for a second; the new index is switched to, and the last hours are missing.
// Caught in: step 5
// Says:      "ended before the end of the log"
package mqworkbook.logs;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.logs.line.LogTopics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;

/** Makes the index anew from the log, beside the one that is in use, and without a trace in its group. */
public final class IndexRebuild {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final LogTopics topics;

    /**
     * A rebuild that has not begun.
     *
     * @param kafka settings of any consumer of this installation
     */
    public IndexRebuild(Map<String, Object> kafka, LogTopics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * Writes every line that is in the log when it begins into a new index, and returns when that is durable. Lines that come
     * meanwhile may be in it, too.
     *
     * @param target an empty directory
     */
    public void run(Directory target) throws IOException {
        Map<String, Object> settings = new HashMap<>(kafka);
        // No group: nobody's offsets are moved, and nobody is asked to share partitions.
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                IndexWriter writer = new IndexWriter(target, new IndexWriterConfig())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.lines()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL.multipliedBy(4));
            while (!records.isEmpty()) {
                for (ConsumerRecord<String, byte[]> record : records) {
                    LogIndexer.index(writer, record);
                }
                records = consumer.poll(POLL);
            }
            writer.commit();
        }
    }

    /** By positions: the last offset of a log may be none of a line, and a poll without lines need not be the end. */
    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}

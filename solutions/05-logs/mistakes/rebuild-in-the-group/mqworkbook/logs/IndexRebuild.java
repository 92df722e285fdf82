// Mistake:   rebuild-in-the-group
// Wrong:     The rebuild is one more member of the index's group.
// Shows as:  While it runs, half of the new lines go into the wrong index.
// Caught in: step 5
// Says:      "group"
package mqworkbook.logs;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.logs.line.LogTopics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.indexGroup());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                IndexWriter writer = new IndexWriter(target, new IndexWriterConfig())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.lines()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.subscribe(List.of(topics.lines()));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ZERO);
            }
            consumer.seekToBeginning(consumer.assignment());
            while (!isAtEnd(consumer, ends)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    LogIndexer.index(writer, record);
                }
            }
            writer.commit();
        }
    }

    /** By positions: the last offset of a log may be none of a line, and a poll without lines need not be the end. */
    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> consumer.assignment().contains(end.getKey()))
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}

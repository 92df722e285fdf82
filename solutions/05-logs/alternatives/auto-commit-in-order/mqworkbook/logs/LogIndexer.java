// Alternative: automatic commits. poll() commits what the one before it has returned, and by then all of that is in a
// commit of the index,
// or the consumer was set back. Fewer lines; right only as long as the index is committed before the next poll().
package mqworkbook.logs;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.logs.line.InvalidLineException;
import mqworkbook.logs.line.LineDocument;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** Reads the log as the group of the index, and writes every line into it: once, whatever comes twice. */
public final class LogIndexer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BREATH = Duration.ofMillis(100);

    private final LogTopics topics;
    private final Directory directory;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closing;
    private IndexWriter writer;

    /**
     * An indexer that does nothing yet.
     *
     * @param name for its thread
     * @param kafka settings of any consumer of this installation: where the cluster is, how groups work there
     * @param directory where the index is; one writer at a time, who holds its lock
     */
    public LogIndexer(String name, Map<String, Object> kafka, LogTopics topics, Directory directory) {
        this.topics = topics;
        this.directory = directory;
        this.consumer = new KafkaConsumer<>(
                consumerSettings(kafka, topics), new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, name);
    }

    /** The settings of a consumer that is in the index's group, and commits when it is told to. */
    private static Map<String, Object> consumerSettings(Map<String, Object> kafka, LogTopics topics) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.indexGroup());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 200);
        // A group without a commit begins with the oldest line, not with the next.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // A commit of the index costs a few writes to the disk, for one line or for thousands.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return settings;
    }

    /** Begins to index. */
    public void start() {
        thread.start();
    }

    /** Writes one record into the index; a record that is no line is passed over. */
    static void index(IndexWriter writer, ConsumerRecord<String, byte[]> record) throws IOException {
        // The place in the log is the line's identity: two lines may be alike in everything else.
        String id = record.partition() + "-" + record.offset();
        try {
            LogLine line = LogLine.read(record.value());
            writer.updateDocument(new Term(LineDocument.ID, id), LineDocument.of(id, record, line));
        } catch (InvalidLineException e) {
            // It never will be one. The log still has it, for whoever wants to know.
        }
    }

    /** What the thread does: brings lines from the log into the index, until the indexer is closed. */
    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topics.lines()));
            while (!closing) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty() && !isDurable(records)) {
                    // Not committing is not enough, for the position has moved on.
                    for (TopicPartition from : records.partitions()) {
                        consumer.seek(from, records.records(from).get(0).offset());
                    }
                    breathe();
                }
            }
        } catch (WakeupException wokenUp) {
            if (!closing) {
                throw wokenUp;
            }
        } finally {
            giveBack();
        }
    }

    /** Whether these lines survive the end of this process. */
    private boolean isDurable(ConsumerRecords<String, byte[]> records) {
        try {
            if (writer == null) {
                writer = new IndexWriter(directory, new IndexWriterConfig());
            }
            for (ConsumerRecord<String, byte[]> record : records) {
                index(writer, record);
            }
            writer.commit();
            return true;
        } catch (IOException | AlreadyClosedException diskFull) {
            // Nobody knows what this writer still holds: the next one begins with what is on the disk.
            giveBack();
            return false;
        }
    }

    /** Gives the lock back. Everything that counts is committed. */
    private void giveBack() {
        try {
            if (writer != null) {
                writer.rollback();
            }
        } catch (IOException | AlreadyClosedException e) {
            // Then the lock is gone already.
        }
        writer = null;
    }

    private void breathe() {
        try {
            Thread.sleep(BREATH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
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

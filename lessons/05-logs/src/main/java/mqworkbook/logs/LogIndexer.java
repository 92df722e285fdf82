package mqworkbook.logs;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.consumer.CommitFailedException;
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
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** Reads the log as the group of the index, and writes every line into it: once, whatever comes twice. */
public final class LogIndexer implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);
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
        throw new Todo(
                3, "Choose the settings of the index's consumer: which group, who commits, where a new group begins.");
    }

    /** Begins to index. */
    public void start() {
        thread.start();
    }

    /** Writes one record into the index; a record that is no line is passed over. */
    static void index(IndexWriter writer, ConsumerRecord<String, byte[]> record) throws IOException {
        throw new Todo(
                3, "Write the record's line into the index, under an id that is the same whenever it comes again.");
    }

    /** What the thread does: brings lines from the log into the index, until the indexer is closed. */
    private void run() {
        throw new Todo(3, "Subscribe; then read lines, index them, and commit what is durable, until it is closed.");
    }

    /** Whether these lines survive the end of this process. */
    private boolean isDurable(ConsumerRecords<String, byte[]> records) {
        throw new Todo(
                3, "Write these lines into the index, and make it durable; if that fails, give the writer back.");
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

    private void commit(Map<TopicPartition, OffsetAndMetadata> next) {
        try {
            consumer.commitSync(next);
        } catch (WakeupException closingMeanwhile) {
            // Thrown once. The lines are in the index, so say so before leaving.
            consumer.commitSync(next);
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException notNow) {
            // Whoever has the partition now finds the lines in the index; else the next commit says it.
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

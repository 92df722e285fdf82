package mqworkbook.logs;

import java.io.IOException;
import java.util.Map;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;

/** Reads the log as the group of the index, and writes every line into it: once, whatever comes twice. */
public final class LogIndexer implements AutoCloseable {

    private final LogTopics topics;
    private final Directory directory;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closing;

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
        throw new Todo(
                3, "Subscribe; then read lines, index them, make the index durable, and commit, until it is closed.");
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

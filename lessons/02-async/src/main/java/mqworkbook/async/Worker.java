package mqworkbook.async;

import java.util.Map;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One member of the group of workers: takes a job, does it, commits it, takes the next. Has one thread. */
public final class Worker implements AutoCloseable {

    private final VideoTopics topics;
    private final JobHandler jobs;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * A worker that does nothing yet.
     *
     * @param name for its thread
     * @param kafka settings of any consumer of this installation: where the cluster is, how groups work there
     */
    public Worker(String name, Map<String, Object> kafka, VideoTopics topics, JobHandler jobs) {
        this.topics = topics;
        this.jobs = jobs;
        this.consumer = new KafkaConsumer<>(
                consumerSettings(kafka, topics), new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, name);
    }

    /** The settings of a consumer that is in the group, and commits when it is told to. */
    static Map<String, Object> consumerSettings(Map<String, Object> kafka, VideoTopics topics) {
        throw new Todo(2, "Choose the settings of the consumer: which group, who commits, where a new group begins.");
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** What the thread does: joins the group, and works until the worker is closed. */
    private void run() {
        throw new Todo(
                2, "Subscribe; then take jobs, handle them, and commit what is done, until the worker is closed.");
    }

    /** Stops: what is at work is finished first. Returns when this worker is no member of the group any more. */
    @Override
    public void close() {
        throw new Todo(3, "Stop the thread, wherever it waits, and leave the group.");
    }
}

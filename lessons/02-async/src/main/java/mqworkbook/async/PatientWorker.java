package mqworkbook.async;

import java.util.Map;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A member of the group for jobs that take longer than {@code max.poll.interval.ms}: one thread polls all the time, others
 * do the work, several jobs at once.
 */
public final class PatientWorker implements AutoCloseable {

    private final VideoTopics topics;
    private final JobHandler jobs;
    private final int atOnce;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * A worker that does nothing yet.
     *
     * @param atOnce how many jobs it works on at the same time
     */
    public PatientWorker(String name, Map<String, Object> kafka, VideoTopics topics, JobHandler jobs, int atOnce) {
        this.topics = topics;
        this.jobs = jobs;
        this.atOnce = atOnce;
        this.consumer = new KafkaConsumer<>(
                Worker.consumerSettings(kafka, topics), new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, name);
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** What the polling thread does: joins the group, hands jobs out, and commits what is done. */
    private void run() {
        throw new Todo(
                5, "Poll all the time, let others do the work, and commit up to the first job that is not done.");
    }

    /** Stops: what is at work is finished first. Returns when this worker is no member of the group any more. */
    @Override
    public void close() {
        throw new Todo(5, "Stop, and leave the group.");
    }
}

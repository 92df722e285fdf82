package mqworkbook.async;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mqworkbook.async.video.Archive;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.NotAcceptedException;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.StatusStore;
import mqworkbook.async.video.Video;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Takes uploads, and answers as soon as nothing can get lost any more. Many threads use one service. */
public final class UploadService implements AutoCloseable {

    private final VideoTopics topics;
    private final Archive archive;
    private final StatusStore statuses;
    private final MediaTools tools;
    private final Duration answerTimeout;
    private final KafkaProducer<String, byte[]> producer;

    /**
     * An upload service.
     *
     * @param kafka settings of any client: where the cluster is, and how to log in
     * @param answerTimeout how long an upload may wait for the log
     */
    public UploadService(
            Map<String, Object> kafka,
            VideoTopics topics,
            Archive archive,
            StatusStore statuses,
            MediaTools tools,
            Duration answerTimeout) {
        this.topics = topics;
        this.archive = archive;
        this.statuses = statuses;
        this.tools = tools;
        this.answerTimeout = answerTimeout;
        this.producer = new KafkaProducer<>(
                producerSettings(kafka, answerTimeout), new StringSerializer(), new ByteArraySerializer());
    }

    /** What the producer needs so that a job which it calls written is safe, and so that nothing waits for ever. */
    private static Map<String, Object> producerSettings(Map<String, Object> kafka, Duration answerTimeout) {
        throw new Todo(
                1,
                "Choose the settings of the producer: what is confirmed is safe, and nothing waits longer than it may.");
    }

    /**
     * Takes an upload; returns when the raw video is stored and its job is in the log.
     *
     * @throws NotAcceptedException if it is no video, or its job is not known to be in the log within the time-out; the
     *     status then is {@link Status#FAILED}, unless a worker has the job all the same
     */
    public void accept(Video video) {
        throw new Todo(
                1, "Store the video, write its status, put its job into the log, and return when the log has it.");
    }

    /** What is known of a video; empty when it was never accepted. */
    public Optional<Status> status(String videoId) {
        throw new Todo(1, "Tell the video's status.");
    }

    /** Gives the producer back. */
    @Override
    public void close() {
        producer.close(answerTimeout);
    }
}

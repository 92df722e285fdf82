// Mistake:   job-before-video
// Wrong:     The job is sent before the video is stored.
// Shows as:  Quick workers find no video. It happens only when the archive is slow.
// Caught in: step 1
// Says:      "not in the archive"; "V-"
package mqworkbook.async;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.async.video.Archive;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.NotAcceptedException;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.StatusStore;
import mqworkbook.async.video.Video;
import mqworkbook.async.video.VideoJob;
import mqworkbook.async.video.VideoTopics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // An upload is one record: there is nothing to wait for, and the uploader waits too.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // While no broker answers, send() itself blocks: for a minute by default.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, answerTimeout.toMillis());
        return settings;
    }

    /**
     * Takes an upload; returns when the raw video is stored and its job is in the log.
     *
     * @throws NotAcceptedException if it is no video, or its job is not known to be in the log within the time-out; the
     *     status then is {@link Status#FAILED}, unless a worker has the job all the same
     */
    public void accept(Video video) {
        if (!tools.isVideo(video.content())) {
            throw new NotAcceptedException(video.videoId() + " is no video");
        }
        // Before the job: a worker may be done before this thread goes on.
        statuses.put(video.videoId(), Status.QUEUED);
        try {
            enqueue(video);
            archive.store(video);
        } catch (InterruptedException | ExecutionException | TimeoutException | KafkaException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // In doubt: the job may be in the log. What a worker has begun is not taken back.
            statuses.move(video.videoId(), Status.FAILED, Status.QUEUED);
            throw new NotAcceptedException(video.videoId() + " is not known to be in the log", e);
        }
    }

    /** What is known of a video; empty when it was never accepted. */
    public Optional<Status> status(String videoId) {
        return statuses.find(videoId);
    }

    /** Gives the producer back. */
    @Override
    public void close() {
        producer.close(answerTimeout);
    }

    private void enqueue(Video video) throws InterruptedException, ExecutionException, TimeoutException {
        ProducerRecord<String, byte[]> job = new ProducerRecord<>(
                topics.jobs(), video.videoId(), VideoJob.of(video).write());
        producer.send(job).get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}

// Mistake:   close-does-not-wait
// Wrong:     close() tells the thread to stop, and returns at once.
// Shows as:  The process ends in the middle of a video, and the group hears of it when the session is over.
// Caught in: step 3
// Says:      "stopped while a video was at work"; "V-"
package mqworkbook.async;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.async.video.VideoTopics;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One member of the group of workers: takes a job, does it, commits it, takes the next. Has one thread. */
public final class Worker implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration BREATH = Duration.ofMillis(100);

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
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A group without a commit begins at the first job, not at the next.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Jobs take minutes. The others stay in the client's buffer, so this costs no round trips.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return settings;
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** What the thread does: joins the group, and works until the worker is closed. */
    private void run() {
        // Closing the consumer leaves the group: the others get its partitions at once.
        try (consumer) {
            consumer.subscribe(List.of(topics.jobs()));
            while (!closing) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (isDone(record)) {
                        commit(record);
                    }
                }
            }
        } catch (WakeupException wokenUp) {
            if (!closing) {
                throw wokenUp;
            }
        }
    }

    /** Stops: what is at work is finished first. Returns when this worker is no member of the group any more. */
    @Override
    public void close() {
        closing = true;
        // The one method of a consumer that another thread may call.
        consumer.wakeup();
    }

    private boolean isDone(ConsumerRecord<String, byte[]> record) {
        try {
            jobs.handle(record);
            return true;
        } catch (Exception notNow) {
            // Database or broker away: this record again, and none after it before.
            consumer.seek(partition(record), record.offset());
            breathe();
            return false;
        }
    }

    private void commit(ConsumerRecord<String, byte[]> record) {
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(partition(record), new OffsetAndMetadata(record.offset() + 1));
        try {
            commitThoughWokenUp(next);
        } catch (CommitFailedException | RebalanceInProgressException notOurs) {
            // The partition is somebody else's by now, who will find the video done. The next poll joins again.
        } catch (TimeoutException brokerAway) {
            // The next commit of this partition says it too.
        }
    }

    private void commitThoughWokenUp(Map<TopicPartition, OffsetAndMetadata> next) {
        try {
            consumer.commitSync(next);
        } catch (WakeupException closingMeanwhile) {
            // Thrown once. The job is done, so say so before leaving.
            consumer.commitSync(next);
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

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}

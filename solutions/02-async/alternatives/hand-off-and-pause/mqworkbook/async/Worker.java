// Alternative: the worker hands its one job to a second thread, and goes on polling with its partitions paused. The
// same
// worker then does for short and for long work; the price is a second thread, and a little time until an end is
// noticed.
package mqworkbook.async;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BREATH = Duration.ofMillis(100);

    private final VideoTopics topics;
    private final JobHandler jobs;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final ExecutorService hand;
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean succeeded;
    private volatile boolean closing;

    /** The polling thread's own; null when nothing is at work. */
    private ConsumerRecord<String, byte[]> atWork;

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
        this.hand = Executors.newSingleThreadExecutor(task -> new Thread(task, name + " at work"));
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
        try (consumer) {
            consumer.subscribe(List.of(topics.jobs()));
            while (!closing || atWork != null) {
                // A rebalance may have brought partitions that nobody has paused.
                if (closing || atWork != null) {
                    consumer.pause(consumer.assignment());
                } else {
                    consumer.resume(consumer.paused());
                }
                poll();
                if (atWork != null && done.getAndSet(false)) {
                    ended();
                }
            }
        } finally {
            hand.shutdown();
        }
    }

    private void poll() {
        try {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (atWork == null) {
                    atWork = record;
                    hand.execute(() -> work(record));
                } else {
                    // It came with a new partition, and nobody is free: the next time, then.
                    consumer.seek(partition(record), record.offset());
                }
            }
        } catch (WakeupException wokenUp) {
            // To look at the loop's condition.
        }
    }

    private void work(ConsumerRecord<String, byte[]> record) {
        try {
            jobs.handle(record);
            succeeded = true;
        } catch (Exception notNow) {
            succeeded = false;
            breathe();
        }
        done.set(true);
        consumer.wakeup();
    }

    private void ended() {
        ConsumerRecord<String, byte[]> record = atWork;
        atWork = null;
        // Somebody else has the partition now, and will find the video done.
        if (!consumer.assignment().contains(partition(record))) {
            return;
        }
        if (succeeded) {
            commit(record);
        } else {
            consumer.seek(partition(record), record.offset());
        }
    }

    /** Stops: what is at work is finished first. Returns when this worker is no member of the group any more. */
    @Override
    public void close() {
        closing = true;
        // The one method of a consumer that another thread may call.
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(ConsumerRecord<String, byte[]> record) {
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(partition(record), new OffsetAndMetadata(record.offset() + 1));
        try {
            consumer.commitSync(next);
        } catch (WakeupException closingMeanwhile) {
            // Thrown once for each wakeup(). The job is done, so say so before leaving.
            commit(record);
        } catch (CommitFailedException | RebalanceInProgressException notOurs) {
            // The partition is somebody else's by now, who will find the video done. The next poll joins again.
        } catch (TimeoutException brokerAway) {
            // The next commit of this partition says it too.
        }
    }

    private void breathe() {
        try {
            Thread.sleep(BREATH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}

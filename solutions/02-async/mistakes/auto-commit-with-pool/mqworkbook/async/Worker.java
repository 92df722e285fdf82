// Mistake:   auto-commit-with-pool
// Wrong:     poll() commits what the one before it returned, and the work is still on other threads.
// Shows as:  After each crash the videos that were at work are gone. Nothing is logged.
// Caught in: step 2
// Says:      "before the work was done"; "V-"
package mqworkbook.async;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mqworkbook.async.video.VideoTopics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One member of the group of workers: takes a job, does it, commits it, takes the next. Has one thread. */
public final class Worker implements AutoCloseable {

    private final VideoTopics topics;
    private final JobHandler jobs;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
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
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 100);
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
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    pool.execute(() -> work(record));
                }
            }
        } catch (WakeupException wokenUp) {
            if (!closing) {
                throw wokenUp;
            }
        } finally {
            pool.shutdown();
        }
    }

    private void work(ConsumerRecord<String, byte[]> record) {
        try {
            jobs.handle(record);
        } catch (Exception e) {
            throw new IllegalStateException(e);
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
}

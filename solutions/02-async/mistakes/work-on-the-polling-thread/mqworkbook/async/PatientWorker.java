// Mistake:   work-on-the-polling-thread
// Wrong:     The work is done where poll() is called, which nobody calls meanwhile.
// Shows as:  A video that takes longer than five minutes goes from worker to worker, and is never done: a
//            rebalance storm.
// Caught in: step 5
// Says:      "put out of the group"; "V-"
package mqworkbook.async;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mqworkbook.async.video.VideoTopics;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A member of the group for jobs that take longer than {@code max.poll.interval.ms}: one thread polls all the time, others
 * do the work, several jobs at once.
 */
public final class PatientWorker implements AutoCloseable {

    /** How soon a finished job is noticed. */
    private static final Duration POLL = Duration.ofMillis(50);

    private static final Duration BREATH = Duration.ofMillis(100);

    private final VideoTopics topics;
    private final JobHandler jobs;
    private final int atOnce;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final ExecutorService hands;
    private volatile boolean closing;

    /** Filled by the hands; all that follows is the polling thread's own. */
    private final Queue<Handed> finished = new ConcurrentLinkedQueue<>();

    private final Map<TopicPartition, Progress> owned = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
    private int atWork;

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
                consumerSettings(kafka, topics), new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, name);
        this.hands = Executors.newFixedThreadPool(atOnce, task -> new Thread(task, name + " at work"));
    }

    /** As any worker's; and a rebalance leaves it the partitions that it keeps, with what is at work there. */
    private static Map<String, Object> consumerSettings(Map<String, Object> kafka, VideoTopics topics) {
        Map<String, Object> settings = Worker.consumerSettings(kafka, topics);
        // The newer protocol is incremental by itself, and leaves the assignment to the broker.
        if (!"consumer".equals(settings.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            settings.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return settings;
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    /** What the polling thread does: joins the group, hands jobs out, and commits what is done. */
    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topics.jobs()), new Ownership());
            while (!closing || atWork > 0 || !toCommit.isEmpty()) {
                // A paused partition brings no records, and poll() goes on telling the group that this member lives.
                if (closing || atWork >= atOnce) {
                    consumer.pause(consumer.assignment());
                } else {
                    consumer.resume(consumer.paused());
                }
                poll();
                commitFinished();
            }
        } finally {
            hands.shutdown();
        }
    }

    /** Stops: what is at work is finished first. Returns when this worker is no member of the group any more. */
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

    private void poll() {
        try {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                Progress progress = owned.computeIfAbsent(partition, absent -> new Progress());
                progress.begun(record.offset());
                atWork++;
                work(new Handed(partition, record, progress));
            }
        } catch (WakeupException e) {
            // Woken up to close; the loop's condition decides.
        }
    }

    private void work(Handed job) {
        try {
            while (!isDone(job.record)) {
                // Database or broker away. What is not done is not committed, however much comes after it.
                Thread.sleep(BREATH.toMillis());
            }
            finished.add(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        try {
            jobs.handle(record);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception notNow) {
            return false;
        }
    }

    private void commitFinished() {
        for (Handed job = finished.poll(); job != null; job = finished.poll()) {
            atWork--;
            job.progress.done(job.record.offset());
            // A partition that was lost meanwhile, or lost and won back, has no say with its old progress.
            if (owned.get(job.partition) == job.progress) {
                TopicPartition partition = job.partition;
                job.progress.committable().ifPresent(next -> toCommit.put(partition, new OffsetAndMetadata(next)));
            }
        }
        if (!toCommit.isEmpty()) {
            commit();
        }
    }

    private void commit() {
        try {
            consumer.commitSync(toCommit);
            toCommit.clear();
        } catch (WakeupException | RebalanceInProgressException | TimeoutException again) {
            // The loop comes by again, before the worker leaves too.
        } catch (CommitFailedException notOurs) {
            toCommit.clear();
        }
    }

    private void disown(Collection<TopicPartition> partitions) {
        owned.keySet().removeAll(partitions);
        toCommit.keySet().removeAll(partitions);
    }

    /** A job on its way through the hands. */
    private record Handed(TopicPartition partition, ConsumerRecord<String, byte[]> record, Progress progress) {}

    /** Called by poll(), on the polling thread. */
    private final class Ownership implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // A partition's progress begins with its first job.
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // The last chance to commit; what is still at work will be done again, by the next owner.
            commitFinished();
            disown(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            disown(partitions);
        }
    }
}

package mqworkbook.async;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.VideoJob;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.judge.Closing;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** The video site: topics, statuses, mails, tools, and machines with workers that come and go. */
final class Studio implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(6);
    static final Duration QUIET = Duration.ofMillis(250);
    static final int MAX_ATTEMPTS = 3;
    static final String TRACE = "traceparent";
    static final Duration PAUSE = Duration.ofMillis(20);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final KafkaFixture kafka;
    private final VideoTopics topics;
    private final Statuses statuses = new Statuses();
    private final Mail mail = new Mail(statuses);
    private final Work work = new Work();
    private final CommitWatch commits = new CommitWatch(this);
    private final GroupKind groups;
    private final Map<String, Object> consumerSettings = new HashMap<>();
    private final List<AutoCloseable> living = new ArrayList<>();
    private final Map<AutoCloseable, Machine> machines = new LinkedHashMap<>();
    private Duration attemptPause = PAUSE;

    Studio(KafkaFixture kafka, int partitions) {
        this(kafka, kafka.prefix(), partitions, GroupKind.CLASSIC);
    }

    Studio(KafkaFixture kafka, String prefix, int partitions, GroupKind groups) {
        this.kafka = kafka;
        this.topics = new VideoTopics(prefix);
        this.groups = groups;
        consumerSettings.putAll(groups.settings());
        statuses.readyOnlyIf(videoId -> work.isComplete(videoId) && work.isAllowed(videoId));
        kafka.topics().create(Map.of(topics.jobs(), partitions, topics.deadLetters(), 1));
        kafka.watch(commits::passed);
    }

    static String newId() {
        return "V-" + NUMBERS.incrementAndGet();
    }

    /** Whose video it is. People upload more than one. */
    static String owner(String videoId) {
        return "O-" + Math.floorMod(videoId.hashCode(), 3);
    }

    static List<String> newIds(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(newId());
        }
        return ids;
    }

    KafkaFixture kafka() {
        return kafka;
    }

    VideoTopics topics() {
        return topics;
    }

    Statuses statuses() {
        return statuses;
    }

    Mail mail() {
        return mail;
    }

    Work work() {
        return work;
    }

    CommitWatch commits() {
        return commits;
    }

    /** Silent members are taken out of the group after this time. */
    void sessionTimeout(Duration timeout) {
        groups.sessionTimeout(timeout, consumerSettings, kafka.topics(), topics.group());
    }

    /** Members that do not poll for this time are taken out of the group. */
    void maxPollInterval(Duration interval) {
        consumerSettings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) interval.toMillis());
    }

    /** A job as the upload service leaves it: its status is QUEUED, its record in this partition. */
    String enqueue(int partition) {
        return enqueue(newId(), partition);
    }

    String enqueue(String videoId, int partition) {
        statuses.put(videoId, Status.QUEUED);
        enqueueAgain(videoId, partition);
        return videoId;
    }

    /** The same job once more: a producer has sent it again. */
    void enqueueAgain(String videoId, int partition) {
        byte[] value = new VideoJob(videoId, owner(videoId)).write();
        RecordMetadata place = publish(videoId, partition, value);
        commits.holds(partition, place.offset(), videoId);
    }

    /** Any record in the topic of jobs, with a trace of the request in its headers, as the web site's library leaves it. */
    RecordMetadata publish(String key, int partition, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topics.jobs(), partition, key.getBytes(StandardCharsets.UTF_8), value);
        record.headers().add(TRACE, ("trace of " + key).getBytes(StandardCharsets.UTF_8));
        return kafka.topics().publish(record);
    }

    Machine machine(String name) {
        return new Machine(name, this, kafka.client(name), consumerSettings);
    }

    /** Uploads with the learner's service, and a database that the workers see too. */
    Uploads uploads() {
        Uploads uploads = new Uploads(kafka.client("uploads").settings(), topics, statuses, Uploads.ANSWER_TIMEOUT);
        synchronized (this) {
            living.add(0, uploads);
        }
        return uploads;
    }

    /** Starts a worker on a machine of this name. */
    Machine run(String name) {
        Machine machine = machine(name);
        run(machine);
        return machine;
    }

    Worker run(Machine machine) {
        Worker worker = worker(machine);
        worker.start();
        return worker;
    }

    /** A worker that is not started. */
    Worker worker(Machine machine) {
        return keep(new Worker(machine.name(), machine.consumerSettings(), topics, handler(machine)), machine);
    }

    PatientWorker runPatient(Machine machine, int atOnce) {
        PatientWorker worker = keep(
                new PatientWorker(machine.name(), machine.consumerSettings(), topics, handler(machine), atOnce),
                machine);
        worker.start();
        return worker;
    }

    /** Two failed attempts are this far apart. */
    void attemptPause(Duration pause) {
        attemptPause = pause;
    }

    private JobHandler handler(Machine machine) {
        DeadLetters letters = new DeadLetters(machine.client().settings(), topics);
        keep(letters, machine);
        return new JobHandler(
                new VideoProcessor(machine.statuses(), machine.tools(), machine.notifier()),
                letters,
                MAX_ATTEMPTS,
                attemptPause);
    }

    private synchronized <T extends AutoCloseable> T keep(T one, Machine machine) {
        living.add(0, one);
        machines.put(one, machine);
        return one;
    }

    /** Everything is done that must be done for this video: its status is final, and its owner knows. */
    boolean isDone(String videoId) {
        return statuses.isFinal(videoId) && (mail.count(videoId) > 0 || mail.refuses(videoId));
    }

    /** What is known of a video, in a few words. */
    String describe(String videoId) {
        return "status " + statuses.now(videoId).map(Status::name).orElse("none") + ", " + work.attempts(videoId)
                + " attempts, " + mail.count(videoId) + " mails";
    }

    void expectOutcome(Status outcome, String... videoIds) {
        expectOutcome(outcome, Arrays.asList(videoIds));
    }

    /** Waits until all these videos are done, and have ended so. */
    void expectOutcome(Status outcome, List<String> videoIds) {
        expectDone(SOON, videoIds);
        for (String videoId : videoIds) {
            Status present = statuses.now(videoId).orElseThrow();
            if (present != outcome) {
                throw Wrong.that(videoId + " is " + present + ", and must be " + outcome)
                        .seen(videoId + " went through " + statuses.past(videoId) + ", " + describe(videoId));
            }
        }
    }

    void expectDone(Duration limit, List<String> videoIds) {
        for (String videoId : videoIds) {
            Eventually.within(limit)
                    .until(videoId + " is done", () -> isDone(videoId))
                    .orElse(() -> notDone(videoId, limit));
        }
    }

    private Wrong notDone(String videoId, Duration limit) {
        if (statuses.isFinal(videoId)) {
            return Wrong.that("The owner of " + videoId + " never hears what became of it")
                    .seen("status " + statuses.now(videoId).orElseThrow() + " for " + limit.toSeconds() + " s; "
                            + mail.explain(videoId))
                    .means("The owner uploads it again, or gives up.")
                    .suspect("a job that came again was skipped because its status was final: the attempt that made"
                            + " it so had died before it told anybody; or a key that is not the video's own");
        }
        return Wrong.that(videoId + " was accepted, and never comes to an end")
                .seen(describe(videoId) + " after " + limit.toSeconds() + " s; " + place(videoId) + "; the group has "
                        + kafka.topics().members(topics.group()) + " members")
                .means("The page says \"your video is being processed\", for ever.")
                .suspect("a failure that is passed over, a commit before the work, a worker that has ended, or a new"
                        + " group that begins at the end of the log");
    }

    private String place(String videoId) {
        Map<TopicPartition, Long> committed = kafka.topics().committed(topics.group());
        StringBuilder place = new StringBuilder("its job is not in the log");
        for (int partition = 0; partition < kafka.topics().partitions(topics.jobs()); partition++) {
            int number = partition;
            commits.jobs(partition).forEach((offset, id) -> {
                if (id.equals(videoId)) {
                    Long next = committed.get(new TopicPartition(topics.jobs(), number));
                    place.setLength(0);
                    place.append("its job has offset ")
                            .append(offset)
                            .append(" of partition ")
                            .append(number);
                    place.append(", committed is ").append(next == null ? "nothing" : next.toString());
                }
            });
        }
        return place.toString();
    }

    /** Waits until this video is at work somewhere, and held there. */
    void expectAtWork(String... videoIds) {
        for (String videoId : videoIds) {
            Eventually.within(SOON)
                    .until(videoId + " is at work", () -> work.isAtWork(videoId))
                    .orElse(() -> Wrong.that("Nobody begins with " + videoId)
                            .seen(describe(videoId) + " after " + SOON.toSeconds() + " s; " + place(videoId)
                                    + "; the group has " + kafka.topics().members(topics.group()) + " members")
                            .means("The upload was accepted, and waits for ever.")
                            .suspect("a new group that begins at the end of the log, or a worker that has ended"));
        }
    }

    /** Waits until the group has committed everything that is in the log. */
    void expectAllCommitted() {
        Map<Integer, Long> ends = new TreeMap<>();
        kafka.topics().ends(topics.jobs()).forEach((partition, end) -> {
            if (end > 0) {
                ends.put(partition.partition(), end);
            }
        });
        Eventually.within(SOON)
                .until("everything is committed", () -> committed(ends.keySet()).equals(ends))
                .orElse(() -> notCommitted(ends));
    }

    /** What was done before a worker left is committed when it has left. */
    void expectCommitted(int partition, long offset, String video) {
        long committed = committed(partition);
        if (committed < offset) {
            throw Wrong.that("A worker has left, and did not commit what it had done")
                    .seen(video + " was done before the worker left the group; committed is " + committed
                            + " in place of " + offset)
                    .means("With each deploy the last video of each worker is worked on again.")
                    .suspect("wakeup() also ends the commit that comes after it: it throws WakeupException, once");
        }
    }

    private Wrong notCommitted(Map<Integer, Long> ends) {
        Map<Integer, Long> committed = committed(ends.keySet());
        if (committed.isEmpty() && members() == 0) {
            return Wrong.that("The workers are not in the group that was agreed on")
                    .seen("all videos are done; the group " + topics.group() + " has no members, and has committed"
                            + " nothing")
                    .means("Each new worker is given every video since the log began. Nobody sees how far they are.")
                    .suspect("a group id of its own for each worker, or partitions assigned by hand");
        }
        return Wrong.that("What is done is not committed")
                .seen("all videos are done; committed " + committed + " by partition, and the log ends at " + ends)
                .means("After each restart the last videos are worked on again. A committed offset is the next one to"
                        + " read.")
                .suspect("the record's own offset committed in place of the next, or no commit at all");
    }

    /** What the group has committed for a partition; 0 when it is nothing. */
    long committed(int partition) {
        return committed(Set.of(partition)).getOrDefault(partition, 0L);
    }

    private Map<Integer, Long> committed(Set<Integer> partitions) {
        Map<Integer, Long> committed = new TreeMap<>();
        kafka.topics().committed(topics.group()).forEach((partition, offset) -> {
            if (partitions.contains(partition.partition())) {
                committed.put(partition.partition(), offset);
            }
        });
        return committed;
    }

    /** Watches the committed offsets, by the Admin API, while something is not done. */
    void expectNothingUndoneCommitted(String alias) {
        expectNothingUndoneCommitted(alias, QUIET);
    }

    void expectNothingUndoneCommitted(String alias, Duration during) {
        Eventually.never(
                alias,
                during,
                () -> !committedUndone().isEmpty(),
                () -> committedUndone().values().iterator().next());
    }

    private Map<Integer, Wrong> committedUndone() {
        Map<Integer, Wrong> wrong = new TreeMap<>();
        kafka.topics().committed(topics.group()).forEach((partition, offset) -> {
            List<String> undone = commits.undone(partition.partition(), offset);
            if (partition.topic().equals(topics.jobs()) && !undone.isEmpty()) {
                wrong.put(
                        partition.partition(), CommitWatch.passes(partition.partition(), offset, "the group", undone));
            }
        });
        return wrong;
    }

    List<ConsumerRecord<byte[], byte[]>> letters() {
        return kafka.topics().read(topics.deadLetters());
    }

    /** Members of the group, now. */
    int members() {
        return kafka.topics().members(topics.group());
    }

    void expectMembers(int count, Duration limit, Supplier<? extends Error> otherwise) {
        Eventually.within(limit)
                .until("the group has " + count + " members", () -> members() == count)
                .orElse(otherwise);
    }

    /** The machine dies, and the group is told at once: of the classic protocol only, the other has its session timeout. */
    void kill(Machine machine) {
        machine.die();
        if (groups == GroupKind.CLASSIC) {
            try {
                kafka.topics().evict(topics.group());
                // A request that it had on its way may have made it a member again.
                for (int look = 0; look < 3 && kafka.topics().isMember(topics.group(), machine.clientId()); look++) {
                    kafka.topics().evict(topics.group());
                }
            } catch (IllegalStateException groupIsChanging) {
                // This may be the dying worker's own thread; its session will be over soon in any case.
            }
        }
    }

    /** Ends whatever still lives; the dead end by themselves. Nothing that goes wrong here is of interest any more. */
    @Override
    public synchronized void close() {
        work.releaseAll();
        List<Thread> closing = new ArrayList<>();
        for (AutoCloseable one : living) {
            Thread thread = Closing.behind("closing", one);
            if (machines.containsKey(one) && !machines.get(one).isDead() && !(one instanceof DeadLetters)) {
                closing.add(thread);
            }
        }
        Closing.await(closing, Duration.ofSeconds(2));
    }
}

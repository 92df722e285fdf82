package mqworkbook.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mqworkbook.async.video.Status;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Fixtures.class)
abstract class Step3Scale {

    private static final int PARTITIONS = 4;
    private static final Duration SESSION = Duration.ofMillis(1_500);

    private KafkaFixture kafka;
    private final List<Studio> studios = new ArrayList<>();

    @BeforeEach
    void open(KafkaFixture kafka) {
        this.kafka = kafka;
    }

    @AfterEach
    void close() {
        studios.forEach(Studio::close);
    }

    @ParameterizedTest(name = "with the {0} protocol")
    @Order(1)
    @DisplayName("an idle worker that is closed stops at once, and leaves the group")
    @EnumSource(GroupKind.class)
    void closedIdle(GroupKind groups) {
        Studio studio = studio(groups);
        Worker worker = studio.run(studio.machine("worker 1"));
        expectShared(studio, 1);
        expectClosed(studio, CompletableFuture.runAsync(worker::close), 0, "it waited for jobs in poll()");
    }

    @Test
    @Order(2)
    @DisplayName("a worker that is closed at work loses nothing and repeats nothing")
    void closedAtWork() {
        Studio studio = studio(GroupKind.CLASSIC);
        String video = Studio.newId();
        studio.work().hold(video);
        studio.enqueue(video, 0);
        List<String> others = List.of(studio.enqueue(0), studio.enqueue(1), studio.enqueue(2));
        Worker worker = studio.run(studio.machine("worker 1"));
        studio.expectAtWork(video);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(worker::close);
        studio.expectNothingUndoneCommitted("nothing at work is committed by closing");
        if (closing.isDone()) {
            throw Wrong.that("A worker stopped while a video was at work")
                    .seen("close() has returned, and " + video + " is still being transcoded")
                    .means("The process ends now, and an hour of work is lost; the group hears of it late.")
                    .suspect("close() does not wait for the thread");
        }
        studio.work().release(video);
        expectClosed(studio, closing, 0, "it was at work on " + video + ", which is done now");
        studio.expectCommitted(0, 1, video);
        studio.run("worker 2");
        studio.expectOutcome(Status.READY, video);
        studio.expectOutcome(Status.READY, others);
        studio.expectAllCommitted();
    }

    @ParameterizedTest(name = "with the {0} protocol")
    @Order(3)
    @DisplayName("two workers share the partitions, and no video is given to both")
    @EnumSource(GroupKind.class)
    void shared(GroupKind groups) {
        Studio studio = studio(groups);
        studio.run("worker 1");
        studio.run("worker 2");
        expectShared(studio, 2);
        List<String> first = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String video = Studio.newId();
            studio.work().hold(video);
            first.add(studio.enqueue(video, partition));
        }
        Eventually.within(Studio.SOON)
                .until(
                        "both are at work",
                        () -> first.stream().filter(studio.work()::isAtWork).count() >= 2)
                .orElse(() -> Wrong.that("Two workers do not work at the same time")
                        .seen("jobs wait in " + PARTITIONS + " partitions; at work at once: "
                                + studio.work().mostAtOnce())
                        .means("More workers cost more, and bring nothing."));
        studio.work().releaseAll();
        List<String> all = new ArrayList<>(first);
        for (int i = 0; i < 8; i++) {
            all.add(studio.enqueue(i % PARTITIONS));
        }
        studio.expectOutcome(Status.READY, all);
        for (String video : all) {
            Set<String> machines = studio.work().machines(video);
            if (machines.size() > 1) {
                throw Wrong.that("One video was given to several workers")
                        .seen(video + " was worked on by " + machines + "; both were in the group all the time")
                        .means("Two workers do twice the work in the same time.")
                        .suspect("a group id of its own for each worker, or partitions assigned by hand");
            }
        }
    }

    @Test
    @Order(4)
    @DisplayName("workers come and go under load, and no video is lost or told twice")
    void comeAndGo() {
        Studio studio = studio(GroupKind.CLASSIC);
        AtomicInteger hired = new AtomicInteger();
        List<String> all = new ArrayList<>();
        Workers workers = new Workers(() -> studio.worker(studio.machine("worker " + hired.incrementAndGet())));
        workers.resize(1);
        for (int size : new int[] {1, 3, 1, 2}) {
            for (int i = 0; i < 6; i++) {
                all.add(studio.enqueue(i % PARTITIONS));
            }
            workers.resize(size);
            expectMembers(studio, size);
        }
        studio.expectOutcome(Status.READY, all);
        studio.expectAllCommitted();
        expectClosed(studio, CompletableFuture.runAsync(workers::close), 0, "all were sent home");
        if (hired.get() != 4) {
            throw Wrong.that("Workers were replaced that could have stayed")
                    .seen("from 0 to 1, 3, 1 and 2 workers takes 4 to be hired; hired: " + hired.get())
                    .means("Each change of size stops everybody, and what they have at work is done again.");
        }
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a worker that is gone without a word is replaced when its session is over, with both protocols")
    void abandoned() {
        List<Studio> both = new ArrayList<>();
        List<String> videos = new ArrayList<>();
        List<Machine> first = new ArrayList<>();
        for (GroupKind groups : GroupKind.values()) {
            Studio studio = studio(groups);
            both.add(studio);
            studio.sessionTimeout(SESSION);
            String video = Studio.newId();
            studio.work().hold(video);
            studio.enqueue(video, 0);
            first.add(studio.run(groups + " worker 1"));
            videos.add(video);
        }
        for (int i = 0; i < both.size(); i++) {
            both.get(i).expectAtWork(videos.get(i));
            both.get(i).run(GroupKind.values()[i] + " worker 2");
        }
        for (int i = 0; i < both.size(); i++) {
            first.get(i).die();
            both.get(i).work().release(videos.get(i));
        }
        for (int i = 0; i < both.size(); i++) {
            both.get(i).expectDone(SESSION.multipliedBy(6), List.of(videos.get(i)));
            both.get(i).expectAllCommitted();
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a worker that was believed dead comes back, repeats nothing, and works on")
    void comesBack() {
        Studio studio = studio(GroupKind.CLASSIC);
        String video = Studio.newId();
        studio.work().hold(video);
        studio.enqueue(video, 0);
        Machine first = studio.run("worker 1");
        studio.expectAtWork(video);
        first.client().relay().refuse();
        studio.kafka().topics().evict(studio.topics().group());
        studio.run("worker 2");
        Eventually.within(Studio.SOON)
                .until(
                        "worker 2 has the video too",
                        () -> studio.work().machines(video).size() == 2)
                .orElse(() -> Wrong.that("Nobody takes over from a worker that is out of the group")
                        .seen(studio.describe(video)));
        studio.work().release(video);
        studio.expectOutcome(Status.READY, video);
        first.client().relay().heal();
        expectMembers(studio, 2);
        List<String> later = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            later.add(studio.enqueue(partition));
        }
        studio.expectOutcome(Status.READY, later);
        studio.expectAllCommitted();
    }

    @TestFactory
    @Order(7)
    @Tag("live")
    @Tag("fault")
    @DisplayName("for any schedule of uploads, starts, stops and crashes")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ScaleProperties.class);
    }

    private Studio studio(GroupKind groups) {
        Studio studio = new Studio(kafka, kafka.prefix() + groups + ".", PARTITIONS, groups);
        studios.add(studio);
        return studio;
    }

    /** Waits until so many members have all the partitions among them, each as many as another. */
    private static void expectShared(Studio studio, int members) {
        Eventually.within(Studio.SOON)
                .until(
                        "the partitions are shared by " + members,
                        () -> shares(studio).equals(Collections.nCopies(members, PARTITIONS / members)))
                .orElse(() -> Wrong.that("The workers do not share the partitions in one group")
                        .seen("started: " + members + " workers; the group "
                                + studio.topics().group() + " has " + studio.members()
                                + " members, with so many partitions each: " + shares(studio))
                        .means("Each worker is given every video, or none: more workers do not do more.")
                        .suspect("a group id of its own for each worker, or partitions assigned by hand"));
    }

    /** How many partitions each member has. */
    private static List<Integer> shares(Studio studio) {
        if (studio.members() == 0) {
            return List.of();
        }
        Collection<MemberDescription> present =
                studio.kafka().topics().group(studio.topics().group()).members();
        return present.stream()
                .map(member -> member.assignment().topicPartitions().size())
                .toList();
    }

    private static void expectMembers(Studio studio, int count) {
        studio.expectMembers(
                count,
                Studio.SOON,
                () -> Wrong.that("The group does not have as many members as workers")
                        .seen("workers: " + count + "; members of "
                                + studio.topics().group() + ": " + studio.members())
                        .means(
                                "A worker that is gone keeps its partitions until its session is over; one that is out of the"
                                        + " group and does not come back does nothing any more.")
                        .suspect("a consumer that is not closed, or a thread that has ended"));
    }

    private static void expectClosed(Studio studio, CompletableFuture<Void> closing, int left, String where) {
        Eventually.within(Duration.ofSeconds(4))
                .until("close() returns", closing::isDone)
                .orElse(() -> Wrong.that("A worker that is told to stop does not stop")
                        .seen("close() has not returned after 4 s; " + where)
                        .means("Each deploy waits for its time-out, and then kills the worker; its partitions wait for"
                                + " the end of its session.")
                        .suspect("no wakeup(), so that poll() waits to its end"));
        closing.join();
        studio.expectMembers(
                left,
                Duration.ofSeconds(2),
                () -> Wrong.that("A closed worker is still in the group")
                        .seen("close() has returned; members of "
                                + studio.topics().group() + ": " + studio.members() + " in place of " + left)
                        .means(
                                "Its partitions are nobody's until its session is over: 45 s by default in which no video in"
                                        + " them is worked on.")
                        .suspect("the consumer is not closed, or close() does not wait for it"));
    }
}

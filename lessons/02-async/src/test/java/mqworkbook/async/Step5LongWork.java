package mqworkbook.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mqworkbook.async.video.Status;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step5LongWork {

    private static final Duration MAX_POLL_INTERVAL = Duration.ofMillis(1_200);
    private static final Duration LONGER = Duration.ofMillis(2_000);

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

    @TestFactory
    @Order(1)
    @DisplayName("for any order in which jobs are done")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(ProgressProperties.class);
    }

    @Test
    @Order(2)
    @DisplayName("work that is longer than the poll interval disturbs nobody, with both protocols")
    void longerThanThePollInterval() {
        List<String> videos = new ArrayList<>();
        List<PatientWorker> workers = new ArrayList<>();
        for (GroupKind groups : List.of(GroupKind.CLASSIC, GroupKind.CONSUMER, GroupKind.CLASSIC)) {
            Studio studio = studio(groups, 1);
            studio.maxPollInterval(MAX_POLL_INTERVAL);
            String video = Studio.newId();
            videos.add(video);
            studio.work().hold(video);
            studio.enqueue(video, 0);
            workers.add(studio.runPatient(studio.machine(groups + " worker " + videos.size()), 1));
        }
        List<String> members = new ArrayList<>();
        for (int i = 0; i < videos.size(); i++) {
            studios.get(i).expectAtWork(videos.get(i));
            members.add(memberIds(studios.get(i)));
        }
        // The last one is told to stop, and has to end its work first.
        CompletableFuture<Void> closing = CompletableFuture.runAsync(workers.get(2)::close);
        Eventually.never(
                "nobody leaves the group",
                LONGER,
                () -> !members.equals(membersNow()),
                () -> Wrong.that("A worker was put out of the group while it worked on a long video")
                        .seen("videos " + videos + " took longer than max.poll.interval.ms ("
                                + MAX_POLL_INTERVAL.toMillis()
                                + " ms), the last on a worker that was told to stop meanwhile; members before "
                                + members
                                + ", now " + membersNow())
                        .means(
                                "Somebody else begins with the same video, is put out too, and so on: hours of work, and no video"
                                        + " is ever done. This is a rebalance storm.")
                        .suspect(
                                "the work is done on the thread that polls, or poll() is not called while others work, or"
                                        + " while the worker waits for them to end"));
        for (int i = 0; i < videos.size(); i++) {
            studios.get(i).expectNothingUndoneCommitted("nothing at work is committed", Duration.ZERO);
            studios.get(i).work().release(videos.get(i));
        }
        for (int i = 0; i < videos.size(); i++) {
            studios.get(i).expectOutcome(Status.READY, videos.get(i));
            studios.get(i).expectAllCommitted();
            if (studios.get(i).work().attempts(videos.get(i)) > 1) {
                throw Wrong.that("A long video was worked on more than once")
                        .seen(videos.get(i) + ": " + studios.get(i).describe(videos.get(i)));
            }
        }
        expectClosed(closing);
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("what is done out of order is committed up to the first that is not, and the others come again")
    void outOfOrder() {
        Studio studio = studio(GroupKind.CLASSIC, 1);
        List<String> videos = Studio.newIds(4);
        videos.forEach(studio.work()::hold);
        videos.forEach(video -> studio.enqueue(video, 0));
        Machine first = studio.machine("worker 1");
        studio.runPatient(first, 3);
        studio.expectAtWork(videos.get(0), videos.get(1), videos.get(2));
        Eventually.never(
                "no more at once than allowed",
                Studio.QUIET,
                () -> studio.work().mostAtOnce() > 3,
                () -> Wrong.that("More jobs are worked on at once than allowed")
                        .seen("the limit is 3; at work at once: "
                                + studio.work().mostAtOnce())
                        .means("The transcoder runs out of memory at peak time."));
        studio.work().release(videos.get(2), videos.get(1));
        studio.expectOutcome(Status.READY, videos.get(2), videos.get(1));
        studio.expectAtWork(videos.get(3));
        studio.expectNothingUndoneCommitted("the first is not committed");
        studio.work().release(videos.get(3));
        studio.expectOutcome(Status.READY, videos.get(3));
        studio.expectNothingUndoneCommitted("the first is still not committed");
        studio.kill(first);
        studio.work().release(videos.get(0));
        studio.runPatient(studio.machine("worker 2"), 3);
        studio.expectOutcome(Status.READY, videos);
        studio.expectAllCommitted();
    }

    @Test
    @Order(4)
    @DisplayName("a long video does not hold up those behind it")
    void others() {
        Studio studio = studio(GroupKind.CLASSIC, 1);
        String slow = Studio.newId();
        studio.work().hold(slow);
        studio.enqueue(slow, 0);
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            others.add(studio.enqueue(0));
        }
        studio.runPatient(studio.machine("worker 1"), 2);
        studio.expectAtWork(slow);
        studio.expectOutcome(Status.READY, others);
        studio.work().release(slow);
        studio.expectOutcome(Status.READY, slow);
        studio.expectAllCommitted();
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("partitions change hands while videos are at work, and nothing is lost or told twice")
    void changeOfHands() {
        List<List<String>> held = new ArrayList<>();
        for (GroupKind groups : GroupKind.values()) {
            Studio studio = studio(groups, 2);
            List<String> videos = Studio.newIds(2);
            videos.forEach(studio.work()::hold);
            studio.enqueue(videos.get(0), 0);
            studio.enqueue(videos.get(1), 1);
            held.add(videos);
            studio.runPatient(studio.machine(groups + " worker 1"), 4);
        }
        for (int i = 0; i < studios.size(); i++) {
            studios.get(i).expectAtWork(held.get(i).toArray(String[]::new));
            studios.get(i).runPatient(studios.get(i).machine(GroupKind.values()[i] + " worker 2"), 4);
        }
        for (int i = 0; i < studios.size(); i++) {
            expectHandedOver(
                    studios.get(i),
                    held.get(i),
                    GroupKind.values()[i] + " worker 1",
                    GroupKind.values()[i] + " worker 2");
        }
    }

    /** Both machines have one of the videos now; the new owner is done first, and the old one must not spoil that. */
    private static void expectHandedOver(Studio studio, List<String> videos, String before, String after) {
        Eventually.within(Studio.SOON)
                .until(
                        after + " has a partition",
                        () -> videos.stream().anyMatch(video -> studio.work().isAtWork(video, after)))
                .orElse(() -> Wrong.that("A second worker gets nothing while the first is at work")
                        .seen("members: " + studio.members() + "; " + videos.get(0) + " and " + videos.get(1)
                                + " are at work on " + before + ", and no partition has changed hands")
                        .means("More workers can only be added when nobody works.")
                        .suspect("a rebalance that waits for work to end"));
        List<String> later = new ArrayList<>();
        for (int job = 0; job < 4; job++) {
            later.add(studio.enqueue(job % 2));
        }
        studio.expectOutcome(Status.READY, later);
        studio.work().releaseOn(after);
        int handedOver = studio.work().machines(videos.get(0)).contains(after) ? 0 : 1;
        Eventually.within(Studio.SOON)
                .until("the new owner has committed", () -> studio.committed(handedOver) == 3)
                .orElse(() -> Wrong.that("What is done is not committed")
                        .seen(after + " is done with partition " + handedOver + "; committed is "
                                + studio.committed(handedOver) + " in place of 3"));
        studio.work().releaseAll();
        studio.expectOutcome(Status.READY, videos);
        Eventually.never(
                "no commit goes back",
                Studio.QUIET,
                () -> studio.committed(handedOver) < 3,
                () -> Wrong.that("A worker committed for a partition that it does not have any more")
                        .seen("partition " + handedOver + " went from " + before + " to " + after
                                + ", which committed 3; then "
                                + before + " was done with " + videos.get(handedOver) + ", and committed "
                                + studio.committed(handedOver))
                        .means(
                                "The broker does not check who owns what. After a restart all is worked on again from there.")
                        .suspect("progress that is kept when a partition is revoked"));
        studio.expectAllCommitted();
    }

    @Test
    @Order(6)
    @DisplayName("a worker that is closed finishes or gives back what it has, and leaves the group")
    void closed() {
        Studio studio = studio(GroupKind.CLASSIC, 1);
        List<String> videos = Studio.newIds(3);
        videos.forEach(studio.work()::hold);
        videos.forEach(video -> studio.enqueue(video, 0));
        PatientWorker worker = studio.runPatient(studio.machine("worker 1"), 2);
        studio.expectAtWork(videos.get(0), videos.get(1));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(worker::close);
        studio.expectNothingUndoneCommitted("nothing at work is committed by closing");
        studio.work().releaseAll();
        expectClosed(closing);
        studio.expectMembers(
                0,
                Duration.ofSeconds(2),
                () -> Wrong.that("A closed worker is still in the group")
                        .seen("close() has returned; members: " + studio.members())
                        .means("Its partitions are nobody's until its session is over."));
        studio.runPatient(studio.machine("worker 2"), 2);
        studio.expectOutcome(Status.READY, videos);
        studio.expectAllCommitted();
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("while the database is away nothing is lost, and nothing is committed past it")
    void databaseAway() {
        Studio studio = studio(GroupKind.CLASSIC, 1);
        String first = Studio.newId();
        studio.enqueue(first, 0);
        String second = studio.enqueue(0);
        studio.statuses().away(8 * Studio.MAX_ATTEMPTS);
        studio.runPatient(studio.machine("worker 1"), 2);
        studio.expectDone(Studio.SOON, List.of(first, second));
        String next = studio.enqueue(0);
        studio.expectOutcome(Status.READY, next);
        studio.expectAllCommitted();
    }

    @TestFactory
    @Order(8)
    @Tag("live")
    @Tag("fault")
    @DisplayName("for any lengths of work and any crashes")
    Stream<DynamicTest> properties() {
        return StepProperties.of(LongWorkProperties.class);
    }

    private static void expectClosed(CompletableFuture<Void> closing) {
        Eventually.within(Studio.SOON)
                .until("close() returns", closing::isDone)
                .orElse(() -> Wrong.that("A worker that is told to stop does not stop")
                        .seen("close() has not returned after " + Studio.SOON.toSeconds() + " s; its videos are done")
                        .means("Each deploy waits for its time-out, and then kills the worker."));
        closing.join();
    }

    private Studio studio(GroupKind groups, int partitions) {
        Studio studio = new Studio(kafka, kafka.prefix() + studios.size() + ".", partitions, groups);
        studios.add(studio);
        return studio;
    }

    private List<String> membersNow() {
        return studios.stream().map(Step5LongWork::memberIds).toList();
    }

    private static String memberIds(Studio studio) {
        return studio.members() == 0
                ? "none"
                : studio.kafka().topics().group(studio.topics().group()).members().stream()
                        .map(member -> member.consumerId())
                        .sorted()
                        .toList()
                        .toString();
    }
}

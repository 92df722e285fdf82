package mqworkbook.async;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mqworkbook.async.video.DeadLetter;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.VideoJob;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
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
abstract class Step4Isolation {

    private Studio studio;

    @BeforeEach
    void open(KafkaFixture kafka) {
        studio = new Studio(kafka, 2);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    @Order(1)
    @DisplayName("a video that fails once is tried again, and ends well")
    void failsOnce() {
        String video = Studio.newId();
        studio.work().fail(video, 1);
        studio.enqueue(video, 0);
        studio.run("worker 1");
        studio.expectOutcome(Status.READY, video);
        studio.expectAllCommitted();
        if (!studio.letters().isEmpty()) {
            throw Wrong.that("A video that was done in the second attempt was set aside as well")
                    .seen(video + " is READY, and in " + studio.topics().deadLetters())
                    .means("Somebody redrives it, and nobody knows whether that is right.");
        }
    }

    @Test
    @Order(2)
    @DisplayName("a video that always fails is set aside with the cause after a bounded number of attempts")
    void alwaysFails() {
        String bad = Studio.newId();
        studio.work().fail(bad);
        studio.enqueue(bad, 0);
        studio.run("worker 1");
        expectBounded(bad);
        studio.expectOutcome(Status.FAILED, bad);
        studio.expectAllCommitted();
        if (studio.work().attempts(bad) != Studio.MAX_ATTEMPTS) {
            throw Wrong.that("A job must be tried as often as the limit says, and no more")
                    .seen(bad + " was tried " + studio.work().attempts(bad) + " times; the limit is "
                            + Studio.MAX_ATTEMPTS);
        }
        ConsumerRecord<byte[], byte[]> letter = expectLetter(bad);
        Map<String, String> expected = new TreeMap<>();
        expected.put(DeadLetter.ATTEMPTS, Integer.toString(Studio.MAX_ATTEMPTS));
        expected.put(DeadLetter.TOPIC, studio.topics().jobs());
        expected.put(DeadLetter.PARTITION, "0");
        expected.put(DeadLetter.OFFSET, "0");
        expected.forEach((name, value) -> expectHeader(letter, name, value));
        if (!header(letter, DeadLetter.CAUSE).contains("unknown codec")) {
            throw Wrong.that("A dead letter does not say what went wrong")
                    .seen(DeadLetter.CAUSE + " is \"" + header(letter, DeadLetter.CAUSE) + "\"; the transcoder said: "
                            + bad + ": unknown codec")
                    .means("Somebody looks at a thousand letters in the morning, and has to guess.");
        }
        if (!new String(letter.value(), StandardCharsets.UTF_8)
                .equals(new String(new VideoJob(bad, Studio.owner(bad)).write(), StandardCharsets.UTF_8))) {
            throw Wrong.that("A dead letter is not the record that failed")
                    .seen("the letter holds " + new String(letter.value(), StandardCharsets.UTF_8))
                    .means("It cannot be sent again when the codec is installed.");
        }
        if (!header(letter, Studio.TRACE).equals("trace of " + bad)) {
            throw Wrong.that("A dead letter has lost the headers of its record")
                    .seen("the record of " + bad + " had the header " + Studio.TRACE + "; the letter has "
                            + letter.headers())
                    .means("The request that it came from cannot be followed any more.");
        }
    }

    @Test
    @Order(3)
    @DisplayName("a video that always fails does not hold up those behind it")
    void holdsUpNobody() {
        String bad = Studio.newId();
        studio.work().fail(bad);
        studio.enqueue(bad, 0);
        String behind = studio.enqueue(0);
        String beside = studio.enqueue(1);
        studio.run("worker 1");
        expectBounded(bad);
        studio.expectOutcome(Status.READY, behind, beside);
        studio.expectOutcome(Status.FAILED, bad);
        studio.expectAllCommitted();
    }

    @Test
    @Order(4)
    @DisplayName("a record that is no job is set aside as it came")
    void noJob() {
        RecordMetadata nonsense =
                studio.publish("V-nonsense", 0, "transcode this, please".getBytes(StandardCharsets.UTF_8));
        RecordMetadata empty = studio.publish("V-empty", 0, null);
        String behind = studio.enqueue(0);
        studio.run("worker 1");
        studio.expectOutcome(Status.READY, behind);
        studio.expectAllCommitted();
        List<ConsumerRecord<byte[], byte[]>> letters = studio.letters();
        List<String> offsets = letters.stream()
                .map(letter -> header(letter, DeadLetter.OFFSET))
                .distinct()
                .toList();
        if (!offsets.equals(List.of(Long.toString(nonsense.offset()), Long.toString(empty.offset())))) {
            throw Wrong.that("A record that is no job is not among the dead letters")
                    .seen("offsets " + nonsense.offset() + " (no JSON) and " + empty.offset()
                            + " (no value) of partition 0 are no jobs; dead letters came from offsets " + offsets)
                    .means("It is lost, and nobody can look at what sent it.");
        }
        if (letters.get(0).value() == null
                || !new String(letters.get(0).value(), StandardCharsets.UTF_8).equals("transcode this, please")) {
            throw Wrong.that("A dead letter is not the record that failed").seen("the letter holds another value");
        }
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("nothing is committed before its dead letter is in the log")
    void letterInDoubt() {
        String bad = Studio.newId();
        studio.work().fail(bad);
        studio.enqueue(bad, 0);
        Machine machine = studio.machine("worker 1");
        Rule answer = machine.client()
                .relay()
                .on(Direction.TO_CLIENT, message -> message.is("Produce"))
                .stall();
        studio.run(machine);
        try {
            answer.awaitHit(Studio.SOON);
        } catch (AssertionError e) {
            throw noLetter(bad, List.of());
        }
        Eventually.never(
                "no commit before the log's answer",
                Studio.QUIET,
                () -> studio.kafka()
                                .topics()
                                .committed(studio.topics().group())
                                .getOrDefault(new TopicPartition(studio.topics().jobs(), 0), 0L)
                        > 0,
                () -> Wrong.that("A video was committed before its dead letter was safe")
                        .seen(bad + " has failed; the log's answer to its dead letter is still on its way, and its"
                                + " offset is committed")
                        .means("The letter is lost with the next hiccup, and with it the only trace of the video.")
                        .suspect("send() without a look at its future"));
        machine.client().relay().heal();
        studio.expectOutcome(Status.FAILED, bad);
        studio.expectAllCommitted();
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a worker that dies while it gives up leaves the rest to the next")
    void diesGivingUp() {
        List<String> points = List.of(" to FAILED", " is FAILED", "tell ", " is told");
        List<String> videos = new ArrayList<>();
        for (String point : points) {
            String bad = Studio.newId();
            studio.work().fail(bad);
            studio.enqueue(bad, 0);
            videos.add(bad);
            Machine machine = studio.machine("worker, dies at '" + point.strip() + "'")
                    .dyingAt(at -> at.contains(point) && at.contains(bad));
            studio.run(machine);
            Eventually.within(Studio.SOON)
                    .until(machine.name(), machine::isDead)
                    .orElse(() -> Wrong.that(bad + " failed in all attempts, and does not come to its end")
                            .seen(studio.describe(bad) + "; the worker was to die at \"" + point
                                    + "\", and never came there")
                            .means("The page says \"your video is being processed\", for ever."));
        }
        studio.run("worker, lives");
        studio.expectOutcome(Status.FAILED, videos);
        studio.expectAllCommitted();
        videos.forEach(this::expectLetter);
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("while the database restarts nothing is lost, and the worker lives on")
    void databaseAway() {
        List<String> videos = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            videos.add(studio.enqueue(0));
        }
        studio.statuses().away(3 * Studio.MAX_ATTEMPTS);
        studio.run("worker 1");
        studio.expectDone(Studio.SOON, videos);
        studio.expectAllCommitted();
    }

    @Test
    @Order(8)
    @DisplayName("an owner who cannot be told holds up nobody")
    void mailRefused() {
        String video = Studio.newId();
        studio.mail().refuse(video);
        studio.enqueue(video, 0);
        String behind = studio.enqueue(0);
        studio.run("worker 1");
        studio.expectOutcome(Status.READY, behind);
        studio.expectAllCommitted();
        expectLetter(video);
        if (studio.work().attempts(video) > 1) {
            throw Wrong.that("A video was transcoded again because its owner could not be told")
                    .seen(video + ": " + studio.describe(video))
                    .means("An hour of work for each attempt to send a mail.")
                    .suspect("each attempt begins anew, although the final status is written");
        }
    }

    @Test
    @Order(9)
    @DisplayName("with processing down uploads go on, and are worked on when it is back")
    void processingDown() {
        Uploads uploads = studio.uploads();
        List<String> videos = Studio.newIds(5);
        videos.forEach(uploads::expectAccepted);
        studio.run("worker 1");
        studio.expectOutcome(Status.READY, videos);
        studio.expectAllCommitted();
    }

    @Test
    @Order(11)
    @Tag("fault")
    @TimeLimit(90)
    @DisplayName("the broker restarts: what was accepted is worked on, and workers and uploads go on")
    void brokerRestarts(KafkaFixture kafka) {
        assumeTrue(
                kafka.broker().capabilities().restartable(),
                () -> kafka.broker().capabilities().whyNotRestartable());
        Uploads uploads = studio.uploads();
        List<String> videos = Studio.newIds(3);
        studio.work().hold(videos.get(0));
        videos.forEach(uploads::expectAccepted);
        studio.run("worker 1");
        studio.expectAtWork(videos.get(0));
        kafka.restartBroker();
        studio.work().releaseAll();
        String later = Studio.newId();
        uploads.expectAccepted(later);
        studio.expectDone(Studio.SOON.multipliedBy(2), videos);
        studio.expectDone(Studio.SOON, List.of(later));
        studio.expectAllCommitted();
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @DisplayName("for any failures")
    Stream<DynamicTest> properties() {
        return StepProperties.of(IsolationProperties.class);
    }

    private void expectBounded(String bad) {
        int limit = 4 * Studio.MAX_ATTEMPTS;
        Eventually.within(Studio.SOON)
                .until(
                        bad + " is given up",
                        () -> studio.statuses().isFinal(bad) || studio.work().attempts(bad) > limit)
                .orElse(() -> Wrong.that("A video that fails in each attempt never comes to an end")
                        .seen(studio.describe(bad) + " after " + Studio.SOON.toSeconds() + " s; the limit is "
                                + Studio.MAX_ATTEMPTS + " attempts")
                        .means("The page says \"your video is being processed\", for ever.")
                        .suspect("a failure that is caught and passed over"));
        if (studio.work().attempts(bad) > limit) {
            throw Wrong.that("A video that always fails is tried again and again")
                    .seen(bad + " was tried " + studio.work().attempts(bad) + " times; the limit is "
                            + Studio.MAX_ATTEMPTS)
                    .means("All videos behind it in its partition wait for ever.")
                    .suspect("a loop without a limit, or a limit that is counted anew for each delivery");
        }
    }

    private ConsumerRecord<byte[], byte[]> expectLetter(String bad) {
        List<ConsumerRecord<byte[], byte[]>> letters = studio.letters();
        return letters.stream()
                .filter(letter -> letter.key() != null && new String(letter.key(), StandardCharsets.UTF_8).equals(bad))
                .findFirst()
                .orElseThrow(() -> noLetter(bad, letters));
    }

    private Wrong noLetter(String bad, List<ConsumerRecord<byte[], byte[]>> letters) {
        return Wrong.that("A job that failed for good is not among the dead letters")
                .seen(bad + ": " + studio.describe(bad) + "; " + studio.topics().deadLetters() + " holds the keys "
                        + letters.stream()
                                .map(letter -> letter.key() == null
                                        ? "none"
                                        : new String(letter.key(), StandardCharsets.UTF_8))
                                .toList())
                .means("Nobody can look at what went wrong, or send it again.")
                .suspect("the status FAILED written before the letter, and a job with a final status skipped when it"
                        + " comes again; or a letter under another key");
    }

    private static void expectHeader(ConsumerRecord<byte[], byte[]> letter, String name, String value) {
        if (!header(letter, name).equals(value)) {
            throw Wrong.that("A dead letter does not say where it comes from")
                    .seen(name + " is \"" + header(letter, name) + "\", and must be \"" + value + "\"")
                    .means("Nobody finds the upload that belongs to it.");
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}

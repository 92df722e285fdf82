package mqworkbook.async;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.Video;
import mqworkbook.async.video.VideoJob;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.kafka.KafkaPart;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step1Accept {

    private static final Duration IMPATIENT = Duration.ofMillis(1_000);
    private static final Duration VERY_IMPATIENT = Duration.ofMillis(300);

    private final Statuses statuses = new Statuses();
    private final List<Uploads> opened = new ArrayList<>();
    private VideoTopics topics;
    private volatile WireMessage lastJob;

    @AfterEach
    void close() {
        opened.forEach(Uploads::close);
    }

    @Test
    @Order(1)
    @DisplayName("what is no video is turned away at the door, and leaves nothing behind")
    void notAVideo() {
        Uploads uploads = keep(Uploads.withoutBroker(statuses, IMPATIENT));
        String videoId = Studio.newId();
        Video holiday = Uploads.noVideo(videoId);
        boolean accepted = uploads.upload(holiday);
        if (accepted || uploads.isArchived(videoId) || uploads.status(videoId).isPresent()) {
            throw Wrong.that("What is no video must be turned away at the door, and leave nothing behind")
                    .seen(videoId + " is a spreadsheet, and MediaTools.isVideo says so; accepted: " + accepted
                            + ", in the archive: " + uploads.isArchived(videoId) + ", status: "
                            + uploads.status(videoId).map(Status::name).orElse("none"))
                    .means("It is transcoded three times, and fails three times, before anybody is told.");
        }
    }

    @Test
    @Order(2)
    @DisplayName("while no broker answers, the uploader is told in time, and nothing claims to be queued")
    void brokerAway() {
        Uploads uploads = keep(Uploads.withoutBroker(statuses, VERY_IMPATIENT));
        String videoId = Studio.newId();
        if (uploads.upload(Uploads.video(videoId))) {
            throw answeredTooEarly(videoId, "no broker is there");
        }
        uploads.expectNoClaim(videoId, "no broker is there");
    }

    @Test
    @Order(3)
    @DisplayName("a job in the log has a video in the archive, and a status")
    void accepted(KafkaFixture kafka) throws Exception {
        Uploads uploads = open(kafka, Uploads.ANSWER_TIMEOUT);
        String videoId = Studio.newId();
        Relay relay = kafka.client("uploads").relay();
        Rule answer = relay.on(Direction.TO_CLIENT, this::isJob).stall();
        Video video = Uploads.video(videoId);
        CompletableFuture<Boolean> upload = uploads.begin(video);
        hit(answer, videoId, upload);
        // The job is in the log: from here on a worker may have it.
        if (!uploads.isArchived(videoId)) {
            throw Wrong.that("A job is in the log whose video is not in the archive")
                    .seen(videoId + ": the log has the job, and the archive has nothing")
                    .means("A quick worker finds no video, and gives up on it.")
                    .suspect("sent before it was stored");
        }
        if (statuses.now(videoId).isEmpty()) {
            throw Wrong.that("A job is in the log whose video has no status")
                    .seen(videoId + ": the log has the job, and the table has no row")
                    .means("A quick worker makes it PROCESSING, or finds nothing to change; then the late QUEUED"
                            + " covers what it wrote.")
                    .suspect("the status is written after the job was sent");
        }
        if (!lastJob.field("acks").equals("-1")) {
            throw notSafe(videoId, lastJob);
        }
        Eventually.never(
                "no answer before the log's",
                Studio.QUIET,
                upload::isDone,
                () -> answeredTooEarly(videoId, "the log's answer is still on its way"));
        relay.heal();
        if (!uploads.await(video, upload)) {
            throw Wrong.that("An upload was not accepted, though the log has its job")
                    .seen("accept(" + videoId
                            + ") threw NotAcceptedException; the log's answer took less than a second");
        }
        expectInLog(kafka, videoId);
        if (!uploads.status(videoId).equals(Optional.of(Status.QUEUED))) {
            throw Wrong.that("An accepted upload must be QUEUED").seen(videoId + " is " + uploads.status(videoId));
        }
        if (uploads.status("V-0").isPresent()) {
            throw Wrong.that("A video that nobody has uploaded has a status")
                    .seen("status(V-0) is " + uploads.status("V-0"));
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("a worker that is done before the answer keeps the status that it wrote")
    void workerIsQuicker(KafkaFixture kafka) throws Exception {
        Uploads uploads = open(kafka, Uploads.ANSWER_TIMEOUT);
        String videoId = Studio.newId();
        Relay relay = kafka.client("uploads").relay();
        Rule answer = relay.on(Direction.TO_CLIENT, this::isJob).stall();
        Video video = Uploads.video(videoId);
        CompletableFuture<Boolean> upload = uploads.begin(video);
        hit(answer, videoId, upload);
        statuses.put(videoId, Status.PROCESSING);
        statuses.put(videoId, Status.READY);
        relay.heal();
        uploads.await(video, upload);
        if (!uploads.status(videoId).equals(Optional.of(Status.READY))) {
            throw Wrong.that("The upload wrote its status over the worker's")
                    .seen(videoId + " went through " + statuses.past(videoId))
                    .means("The video is ready, and the page says that it waits, for ever.")
                    .suspect("QUEUED written after the job was sent");
        }
    }

    @Test
    @Order(5)
    @DisplayName("an archive that fails leaves no job and no claim")
    void archiveFails(KafkaFixture kafka) {
        Uploads uploads = open(kafka, Uploads.ANSWER_TIMEOUT);
        uploads.archiveFails();
        Video video = Uploads.video(Studio.newId());
        CompletableFuture<Boolean> upload = uploads.begin(video);
        Eventually.within(Studio.SOON)
                .until("the upload ends", upload::isDone)
                .orElse(() -> Wrong.that("An upload whose video cannot be stored does not end"));
        if (!upload.isCompletedExceptionally() && upload.join()) {
            throw Wrong.that("An upload was accepted whose video is not stored")
                    .seen("the archive threw, and accept(" + video.videoId() + ") returned")
                    .means("The uploader deletes the file, and it is nowhere.");
        }
        uploads.expectNoClaim(video.videoId(), "the archive is full");
        if (!kafka.topics().read(topics.jobs()).isEmpty()) {
            throw Wrong.that("A job is in the log whose video is not in the archive")
                    .seen("the archive refused " + video.videoId() + ", and its job was sent")
                    .means("A worker finds no video, and gives up on it.")
                    .suspect("sent before it was stored");
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("an upload in doubt is not accepted, and what a worker has begun is not taken back")
    void inDoubt(KafkaFixture kafka) throws Exception {
        Uploads uploads = open(kafka, IMPATIENT);
        // The first answer also brings the topic's metadata.
        uploads.upload(Uploads.video(Studio.newId()));
        Relay relay = kafka.client("uploads").relay();
        Video begun = Uploads.video(Studio.newId());
        // Each time that it is sent: a producer whose own time is over connects again, past the stalled connection.
        Rule answer = relay.on(Direction.TO_CLIENT, message -> isJobOf(begun.videoId(), message))
                .every()
                .stall();
        CompletableFuture<Boolean> upload = uploads.begin(begun);
        hit(answer, begun.videoId(), upload);
        statuses.put(begun.videoId(), Status.PROCESSING);
        Video waiting = Uploads.video(Studio.newId());
        relay.on(Direction.TO_CLIENT, message -> isJobOf(waiting.videoId(), message))
                .every()
                .stall();
        CompletableFuture<Boolean> waitingUpload = uploads.begin(waiting);
        if (uploads.await(begun, upload)) {
            throw answeredTooEarly(begun.videoId(), "the log's answer never came");
        }
        if (statuses.now(begun.videoId()).orElseThrow() != Status.PROCESSING) {
            throw Wrong.that("An upload in doubt took a video away from the worker that has it")
                    .seen("no answer in time, so accept(" + begun.videoId() + ") threw; but the job had arrived: "
                            + statuses.past(begun.videoId()))
                    .means("No answer is not a no. The video is FAILED, and a minute later READY.")
                    .suspect("FAILED written without a look at the present status");
        }
        if (uploads.await(waiting, waitingUpload)) {
            throw answeredTooEarly(waiting.videoId(), "the log's answer never came");
        }
        uploads.expectNoClaim(waiting.videoId(), "no answer in time");
    }

    @TestFactory
    @Order(7)
    @Tag("live")
    @DisplayName("for any uploads and any faults")
    Stream<DynamicTest> properties() {
        return StepProperties.of(AcceptProperties.class);
    }

    private Uploads open(KafkaFixture kafka, Duration answerTimeout) {
        topics = new VideoTopics(kafka.prefix());
        kafka.topics().create(topics.jobs(), 4, Map.of());
        kafka.watch(this::look);
        return keep(new Uploads(kafka.client("uploads").settings(), topics, statuses, answerTimeout));
    }

    private Uploads keep(Uploads uploads) {
        opened.add(uploads);
        return uploads;
    }

    private void look(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        if (message.direction() == Direction.TO_BROKER && isJob(message)) {
            lastJob = message;
        }
    }

    private boolean isJobOf(String videoId, WireMessage message) {
        return isJob(message)
                && KafkaPart.of(message).stream()
                        .anyMatch(part -> part.field("keys").equals("[" + videoId + "]"));
    }

    private boolean isJob(WireMessage message) {
        return message.is("Produce");
    }

    /** Waits for the log's answer to a job, which the rule holds back, or for the upload to end without one. */
    private WireMessage hit(Rule answer, String videoId, CompletableFuture<Boolean> upload) throws Exception {
        long giveUp = System.nanoTime() + Studio.SOON.toNanos();
        while (System.nanoTime() < giveUp) {
            boolean answered = upload.isDone();
            try {
                return answer.awaitHit(answered ? Studio.QUIET : Duration.ofMillis(10));
            } catch (AssertionError notYet) {
                Problems.throwIfAny();
                if (answered) {
                    break;
                }
            }
        }
        if (upload.isCompletedExceptionally()) {
            upload.get();
        }
        if (lastJob != null && lastJob.field("acks").equals("0")) {
            throw notSafe(videoId, lastJob);
        }
        throw Wrong.that(
                        upload.isDone()
                                ? "An upload was answered, and its job was never sent"
                                : "An upload sends no job")
                .seen(videoId + ": no job went to the log within " + Studio.SOON.toSeconds() + " s")
                .means("The uploader waits, and nobody will ever work on the video.");
    }

    private static Wrong notSafe(String videoId, WireMessage job) {
        return Wrong.that("The log's answer does not mean that the job is safe")
                .seen("the job of " + videoId + " was sent with acks=" + job.field("acks"))
                .means("One broker has it in memory, and says yes, or is not even asked. It dies, another takes over,"
                        + " and the upload is gone.")
                .suspect("acks=1 or acks=0, \"for speed\"; the default is all");
    }

    static Wrong answeredTooEarly(String videoId, String why) {
        return Wrong.that("An upload was accepted before the log had its job")
                .seen("accept(" + videoId + ") returned; " + why)
                .means(
                        "The process dies now, or the send fails later: the uploader was told yes, and the job is nowhere.")
                .suspect("send() without a look at its future: it only puts the record into a buffer");
    }

    /** This video has its job in the log, with its id as key. */
    private void expectInLog(KafkaFixture kafka, String videoId) throws Exception {
        List<String> log = new ArrayList<>();
        boolean isThere = false;
        for (ConsumerRecord<byte[], byte[]> record : kafka.topics().read(topics.jobs())) {
            String key = record.key() == null ? "none" : new String(record.key(), StandardCharsets.UTF_8);
            log.add("key " + key + ", value " + new String(record.value(), StandardCharsets.UTF_8));
            if (VideoJob.read(record.value()).equals(new VideoJob(videoId, Studio.owner(videoId)))) {
                isThere = true;
                if (!key.equals(videoId)) {
                    throw Wrong.that("A job does not have its video's id as key")
                            .seen(log.get(log.size() - 1))
                            .means(
                                    "Nobody can find it in the log, and two jobs of one video go to two workers at once.");
                }
            }
        }
        if (!isThere) {
            throw Wrong.that("The job of an accepted upload is not in the log")
                    .seen("accept(" + videoId + ") returned; the log holds " + log)
                    .means("Nobody will ever work on the video.");
        }
    }
}

package mqworkbook.async;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.async.video.Archive;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.NotAcceptedException;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.Video;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.judge.Closing;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import org.apache.kafka.clients.CommonClientConfigs;

/** The learner's upload service with what is around it, as the people see it who upload. */
final class Uploads implements AutoCloseable {

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    private static final byte[] VIDEO = "moov".getBytes(StandardCharsets.UTF_8);

    private final Statuses statuses;
    private final Map<String, Video> archived = new ConcurrentHashMap<>();
    private final UploadService service;
    private final Duration answerTimeout;
    private volatile boolean archiveFails;

    Uploads(Map<String, Object> kafka, VideoTopics topics, Statuses statuses, Duration answerTimeout) {
        this.statuses = statuses;
        this.answerTimeout = answerTimeout;
        Archive archive = video -> {
            if (archiveFails) {
                throw new IllegalStateException("archive: no space left");
            }
            archived.put(video.videoId(), video);
        };
        this.service = new UploadService(kafka, topics, archive, statuses, new AtTheDoor(), answerTimeout);
    }

    /** With a cluster of which nothing answers: there is nobody at the port. */
    static Uploads withoutBroker(Statuses statuses, Duration answerTimeout) {
        Map<String, Object> kafka = new HashMap<>();
        kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        return new Uploads(kafka, new VideoTopics("offline."), statuses, answerTimeout);
    }

    static Video video(String videoId) {
        return new Video(videoId, Studio.owner(videoId), VIDEO);
    }

    /** A file of another kind. */
    static Video noVideo(String videoId) {
        return new Video(videoId, Studio.owner(videoId), "holiday.xls".getBytes(StandardCharsets.UTF_8));
    }

    void archiveFails() {
        archiveFails = true;
    }

    boolean isArchived(String videoId) {
        return archived.containsKey(videoId);
    }

    Optional<Status> status(String videoId) {
        return service.status(videoId);
    }

    /** Begins an upload; it ends with true when it was accepted, with false when it was not. */
    CompletableFuture<Boolean> begin(Video video) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        service.accept(video);
                        return true;
                    } catch (NotAcceptedException e) {
                        return false;
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "upload of " + video.videoId());
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Uploads, and tells whether it was accepted; it must end within the answer time-out. */
    boolean upload(Video video) {
        return await(video, begin(video));
    }

    /** Uploads what must be accepted. */
    void expectAccepted(String videoId) {
        if (!upload(video(videoId))) {
            throw Wrong.that("An upload was not accepted, although the log can be reached")
                    .seen("accept(" + videoId + ") threw NotAcceptedException; nobody has to work on videos for that")
                    .means("Uploads fail whenever processing does.");
        }
    }

    boolean await(Video video, CompletableFuture<Boolean> upload) {
        Duration limit = answerTimeout.plus(Duration.ofSeconds(9));
        Eventually.within(limit)
                .until(video.videoId() + " is answered", upload::isDone)
                .orElse(() -> Wrong.that("The upload of " + video.videoId() + " is not answered")
                        .seen("accept() has not returned after " + limit.toMillis() + " ms; the answer time-out is "
                                + answerTimeout.toMillis() + " ms; nobody works on videos at the moment")
                        .means("The page spins. Uploads need the log, and nothing else: no worker, no transcoder.")
                        .suspect("an upload that waits for the work, or a producer that blocks for its default minute"
                                + " (max.block.ms) while no broker answers"));
        try {
            return upload.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof UnsupportedOperationException todo) {
                throw todo;
            }
            throw Wrong.that("An upload that is not accepted must end with NotAcceptedException")
                    .seen("accept(" + video.videoId() + ") threw " + e.getCause())
                    .means("The web site shows a stack trace in place of \"please try again\".")
                    .because(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("The upload is done, and has no result", e);
        }
    }

    /** What was not accepted must not look as if it were. */
    void expectNoClaim(String videoId, String why) {
        Optional<Status> present = statuses.now(videoId);
        if (present.isPresent() && present.get() != Status.FAILED) {
            throw Wrong.that("An upload that was not accepted claims to be " + present.get())
                    .seen("accept(" + videoId + ") threw NotAcceptedException: " + why + "; status " + present.get())
                    .means("The owner is told to try again, and finds the failed upload in the list, waiting for ever.")
                    .suspect("the status is written before the job, and not taken back when the job fails");
        }
    }

    @Override
    public void close() {
        Closing.behind("closing uploads", service);
    }

    /** Accepting looks at a video, and does nothing else with it. */
    private static final class AtTheDoor implements MediaTools {

        @Override
        public boolean isVideo(byte[] content) {
            return List.of("moov").contains(new String(content, StandardCharsets.UTF_8));
        }

        @Override
        public void transcode(String videoId) {
            tooEarly(videoId, "transcoded");
        }

        @Override
        public void thumbnails(String videoId) {
            tooEarly(videoId, "given thumbnails");
        }

        @Override
        public boolean isAllowed(String videoId) {
            tooEarly(videoId, "moderated");
            return true;
        }

        private static void tooEarly(String videoId, String what) {
            Problems.report(
                    "Work is done while the uploader waits",
                    Wrong.that("A video is worked on while its uploader waits")
                            .seen(videoId + " was " + what + " on the thread \""
                                    + Thread.currentThread().getName() + "\"")
                            .means("The upload takes as long as the work, and fails when the work fails: nothing was"
                                    + " won by the queue.")
                            .suspect("\"it is only the thumbnails, they are quick\""));
        }
    }
}

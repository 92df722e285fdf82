package mqworkbook.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.async.before.WaitingUploadService;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.NotAcceptedException;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.Video;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without a queue. These tests pass: they describe the problem. */
@DisplayName("Before: the upload does all the work")
class BeforePictureTest {

    private final Map<String, Video> archive = new HashMap<>();
    private final Map<String, Status> mails = new HashMap<>();
    private final Video video = Uploads.video("V-1");

    @Test
    @DisplayName("whoever uploads waits until the last thumbnail is cut")
    void theUploaderWaits() throws Exception {
        CountDownLatch transcoding = new CountDownLatch(1);
        CountDownLatch transcoded = new CountDownLatch(1);
        WaitingUploadService service = service(() -> {
            transcoding.countDown();
            transcoded.await();
        });

        CompletableFuture<Status> upload = CompletableFuture.supplyAsync(() -> service.upload(video));
        assertThat(transcoding.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(upload).isNotDone();

        transcoded.countDown();
        assertThat(upload.get(5, TimeUnit.SECONDS)).isEqualTo(Status.READY);
    }

    @Test
    @DisplayName("while the transcoder is down nobody can upload, although the video is stored")
    void oneFailureFailsTheUpload() {
        WaitingUploadService service = service(() -> {
            throw new IllegalStateException("transcoder: connection refused");
        });

        assertThatThrownBy(() -> service.upload(video))
                .isInstanceOf(NotAcceptedException.class)
                .hasMessageContaining("transcoder");
        assertThat(archive).containsKey("V-1");
        assertThat(mails).isEmpty();
    }

    private WaitingUploadService service(Transcoder transcoder) {
        MediaTools tools = new MediaTools() {
            @Override
            public boolean isVideo(byte[] content) {
                return true;
            }

            @Override
            public void transcode(String videoId) throws Exception {
                transcoder.run();
            }

            @Override
            public void thumbnails(String videoId) {}

            @Override
            public boolean isAllowed(String videoId) {
                return true;
            }
        };
        return new WaitingUploadService(
                stored -> archive.put(stored.videoId(), stored),
                tools,
                (owner, videoId, outcome, key) -> mails.put(videoId, outcome));
    }

    private interface Transcoder {
        void run() throws Exception;
    }
}

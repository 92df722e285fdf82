package mqworkbook.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.async.before.WaitingUploadService;
import mqworkbook.async.video.MediaTools;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;

/** How long an uploader waits, and how many videos are done: the work on the upload, or left to 1, 2 and 4 workers. */
public final class AsyncPayoff implements Payoff {

    private static final int VIDEOS = 48;
    private static final int WARM_UP = 12;
    private static final int PARTITIONS = 12;
    private static final Duration WORK = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int[] WORKERS = {1, 2, 4};

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        rows.add(waiting());
        for (int workers : WORKERS) {
            try (KafkaFixture kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA))) {
                rows.add(answeringAtOnce(kafka, workers));
            }
        }
        return new PayoffTable(
                "How long an uploader waits, and how many videos are done",
                List.of("p50 ms", "p99 ms", "videos/s"),
                2,
                "videos/s",
                rows,
                VIDEOS + " videos, uploaded one after the other; each takes " + WORK.toMillis() + " ms of work. "
                        + PARTITIONS + " partitions.");
    }

    private static PayoffTable.Row waiting() {
        WaitingUploadService service =
                new WaitingUploadService(video -> {}, new SlowTools(), (owner, videoId, outcome, key) -> {});
        List<Double> millis = new ArrayList<>();
        long start = System.nanoTime();
        for (String videoId : Studio.newIds(VIDEOS)) {
            millis.add(millis(() -> service.upload(Uploads.video(videoId))));
        }
        return row("the upload works", "one uploader", millis, start);
    }

    private static PayoffTable.Row answeringAtOnce(KafkaFixture kafka, int workers) {
        Studio studio = new Studio(kafka, PARTITIONS);
        studio.work().costing(AsyncPayoff::work);
        try {
            Uploads uploads = studio.uploads();
            for (int worker = 1; worker <= workers; worker++) {
                studio.run("worker " + worker);
            }
            // Until all have joined, and everything is warm.
            List<String> first = Studio.newIds(WARM_UP);
            first.forEach(uploads::expectAccepted);
            studio.expectDone(LONGEST, first);
            studio.expectMembers(workers, LONGEST, () -> new AssertionError("Not all workers have joined"));
            List<Double> millis = new ArrayList<>();
            List<String> videos = Studio.newIds(VIDEOS);
            long start = System.nanoTime();
            videos.forEach(videoId -> millis.add(millis(() -> uploads.expectAccepted(videoId))));
            studio.expectDone(LONGEST, videos);
            return row("answered at once", workers == 1 ? "1 worker" : workers + " workers", millis, start);
        } finally {
            studio.close();
        }
    }

    private static void work() {
        LockSupport.parkNanos(WORK.toNanos());
    }

    private static double millis(Runnable upload) {
        long start = System.nanoTime();
        upload.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static PayoffTable.Row row(String condition, String design, List<Double> millis, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Double> sorted = millis.stream().sorted().toList();
        return new PayoffTable.Row(
                condition,
                design,
                List.of(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), millis.size() / seconds));
    }

    /** As slow as the workers' tools. */
    private static final class SlowTools implements MediaTools {

        @Override
        public boolean isVideo(byte[] content) {
            return true;
        }

        @Override
        public void transcode(String videoId) {
            work();
        }

        @Override
        public void thumbnails(String videoId) {}

        @Override
        public boolean isAllowed(String videoId) {
            return true;
        }
    }
}

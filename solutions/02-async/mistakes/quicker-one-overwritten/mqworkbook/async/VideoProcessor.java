// Mistake:   quicker-one-overwritten
// Wrong:     The status is looked at before the work only, and the outcome written over whatever is there after it.
// Shows as:  Two workers have one job; moderation has taken the video away meanwhile, and it is watched all the same.
// Caught in: step 2
// Says:      "was final, and was changed"; "V-"
package mqworkbook.async;

import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.Notifier;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.StatusStore;
import mqworkbook.async.video.VideoJob;

/**
 * Brings one video from its upload to a final status, and tells its owner. Each job may come twice, at the same time too,
 * and any attempt may end in the middle.
 */
public final class VideoProcessor {

    private final StatusStore statuses;
    private final MediaTools tools;
    private final Notifier notifier;

    public VideoProcessor(StatusStore statuses, MediaTools tools, Notifier notifier) {
        this.statuses = statuses;
        this.tools = tools;
        this.notifier = notifier;
    }

    /**
     * Transcodes, cuts thumbnails, asks moderation, writes the final status, tells the owner. When it returns, the job is
     * done for good; when it throws, the job can be tried again.
     */
    public void process(VideoJob job) throws Exception {
        String videoId = job.videoId();
        if (statuses.move(videoId, Status.PROCESSING, Status.QUEUED, Status.PROCESSING)) {
            tools.transcode(videoId);
            tools.thumbnails(videoId);
            Status outcome = tools.isAllowed(videoId) ? Status.READY : Status.REJECTED;
            statuses.put(videoId, outcome);
        }
        // Also when it was final before: the attempt that made it so may have died before it told anybody.
        tell(job);
    }

    /** All attempts have failed: the video is FAILED, if it is nothing final yet, and the owner is told. */
    public void giveUp(VideoJob job) throws Exception {
        statuses.move(job.videoId(), Status.FAILED, Status.QUEUED, Status.PROCESSING);
        tell(job);
    }

    /** Whether it is decided what became of the video. */
    boolean isFinal(VideoJob job) {
        return statuses.find(job.videoId()).filter(Status::isFinal).isPresent();
    }

    private void tell(VideoJob job) throws Exception {
        Status outcome = statuses.find(job.videoId())
                .filter(Status::isFinal)
                .orElseThrow(() -> new IllegalStateException(job.videoId() + " has no final status"));
        // The key is the same in each attempt and each process, so the mail service knows a repetition.
        notifier.tell(job.ownerId(), job.videoId(), outcome, "video-outcome-" + job.videoId());
    }
}

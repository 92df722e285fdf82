package mqworkbook.async;

import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.Notifier;
import mqworkbook.async.video.StatusStore;
import mqworkbook.async.video.VideoJob;
import mqworkbook.workbench.judge.Todo;

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
        throw new Todo(
                2, "Bring the video to its final status, and tell its owner, also when this attempt is not the first.");
    }

    /** All attempts have failed: the video is FAILED, if it is nothing final yet, and the owner is told. */
    public void giveUp(VideoJob job) throws Exception {
        throw new Todo(4, "Mark the video as failed, unless it is something final already, and tell its owner.");
    }
}

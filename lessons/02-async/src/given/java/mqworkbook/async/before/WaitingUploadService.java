package mqworkbook.async.before;

import mqworkbook.async.video.Archive;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.NotAcceptedException;
import mqworkbook.async.video.Notifier;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.Video;

/**
 * The upload service before there was a queue: all work is done on the thread of the upload. Whoever uploads waits for it,
 * and when any of it fails, the upload has failed.
 */
public final class WaitingUploadService {

    private final Archive archive;
    private final MediaTools tools;
    private final Notifier notifier;

    public WaitingUploadService(Archive archive, MediaTools tools, Notifier notifier) {
        this.archive = archive;
        this.tools = tools;
        this.notifier = notifier;
    }

    /** Takes an upload; returns what became of the video, minutes later. */
    public Status upload(Video video) {
        archive.store(video);
        try {
            tools.transcode(video.videoId());
            tools.thumbnails(video.videoId());
            Status outcome = tools.isAllowed(video.videoId()) ? Status.READY : Status.REJECTED;
            // The uploader has long closed the page, or pressed the button again.
            notifier.tell(video.ownerId(), video.videoId(), outcome, video.videoId());
            return outcome;
        } catch (Exception e) {
            throw new NotAcceptedException(video.videoId() + " was uploaded, and is lost: " + e.getMessage(), e);
        }
    }
}

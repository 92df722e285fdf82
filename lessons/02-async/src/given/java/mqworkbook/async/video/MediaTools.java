package mqworkbook.async.video;

/** What is done to videos. All but the first takes minutes, and any of it may fail: for once, or each time. */
public interface MediaTools {

    /** Looks at the first bytes, and says whether this is a video at all. Quick. */
    boolean isVideo(byte[] content);

    /** Makes the renditions of a video in the archive. Doing it again writes the same over the same. */
    void transcode(String videoId) throws Exception;

    /** Cuts the thumbnails. Doing it again writes the same over the same. */
    void thumbnails(String videoId) throws Exception;

    /** Whether moderation lets the video pass. A no is an answer, not a failure. */
    boolean isAllowed(String videoId) throws Exception;
}

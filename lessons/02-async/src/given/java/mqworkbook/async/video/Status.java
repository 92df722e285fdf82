package mqworkbook.async.video;

/** What is known of a video. The last three are final: a video that is in one of them stays there. */
public enum Status {
    /** Accepted; nobody has begun. */
    QUEUED,
    /** Somebody works on it, or has died at it. */
    PROCESSING,
    /** Everybody can watch it. */
    READY,
    /** Moderation has said no. */
    REJECTED,
    /** It could not be processed. */
    FAILED;

    /** Whether it ends here. */
    public boolean isFinal() {
        return this == READY || this == REJECTED || this == FAILED;
    }
}

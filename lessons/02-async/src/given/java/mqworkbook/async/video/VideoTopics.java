package mqworkbook.async.video;

/**
 * The names on Kafka. The topics are there; partitions and retention are operations' business.
 *
 * @param prefix what keeps this installation apart from others on the same cluster; may be empty
 */
public record VideoTopics(String prefix) {

    /** Jobs, with the video id as key. */
    public String jobs() {
        return prefix + "video-jobs";
    }

    /** Records that could not be processed, as they came, with {@link DeadLetter} headers. */
    public String deadLetters() {
        return prefix + "video-jobs.dead";
    }

    /** The consumer group that all workers are in. */
    public String group() {
        return prefix + "video-workers";
    }
}

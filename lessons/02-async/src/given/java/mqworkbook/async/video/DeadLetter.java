package mqworkbook.async.video;

/** The headers of a dead letter: what somebody wants to know who finds it in the morning. All are text in UTF-8. */
public final class DeadLetter {

    /** What went wrong in the last attempt: the exception's class and message. */
    public static final String CAUSE = "dead-letter-cause";

    /** How often it was tried. */
    public static final String ATTEMPTS = "dead-letter-attempts";

    /** Where it came from. */
    public static final String TOPIC = "dead-letter-topic";

    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";

    private DeadLetter() {}
}

package mqworkbook.workbench.history;

/** What an {@link Event} says. */
public enum Kind {
    /** A publisher is about to publish; recorded before the call, so that no effect can precede its attempt. */
    ATTEMPTED("attempted"),
    /** The publisher was told that the message is safe: {@link Outcome#OK}. */
    CONFIRMED("confirmed"),
    /** The publisher was told that the message was refused: {@link Outcome#FAILED}. */
    FAILED("failed"),
    /** The publisher got no answer: {@link Outcome#UNKNOWN}. */
    IN_DOUBT("in doubt"),
    /** A subscriber's queue is in place: from here on it is owed what it asked for. */
    SUBSCRIBED("subscribed"),
    /** The broker handed the message to a subscriber; may repeat, delivery is at-least-once. */
    DELIVERED("delivered"),
    /** The subscriber's work took effect: a row was written, a mail was sent. */
    APPLIED("applied"),
    /** The subscriber's handler threw. */
    HANDLER_FAILED("handler failed"),
    /** The message was found in the subscriber's dead-letter queue. */
    DEAD_LETTERED("dead-lettered"),
    /** The test did harm: a connection cut, a broker restarted. */
    FAULT("fault"),
    /** A protocol message passed a relay. */
    WIRE("wire");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}

package mqworkbook.peakshaving.sale;

/** What the broker has said to a publish. There are three answers, not two. */
public enum Answer {
    /** A queue has the message. */
    CONFIRMED,
    /** No queue has it, and none will: it was refused, or came back. */
    REFUSED,
    /** Nobody knows: no answer in time, or the connection is gone. */
    UNKNOWN
}

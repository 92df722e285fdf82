package mqworkbook.decoupling.shop;

/** What the publisher knows of an event that it sent. There are three answers, not two. */
public enum Outcome {
    /** The broker has taken responsibility: the event is in every queue that is bound for it, and in at least one. */
    CONFIRMED,
    /** The broker said no: no queue is bound for the event (basic.return), or a queue did not take it (basic.nack). */
    REFUSED,
    /** No answer: the confirm timed out, or the connection was lost. The event may be in the queues, or not. */
    UNKNOWN
}

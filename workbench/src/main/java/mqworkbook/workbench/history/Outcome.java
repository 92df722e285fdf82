package mqworkbook.workbench.history;

/**
 * What a caller knows about a request once it stops waiting. There are three answers, not two.
 *
 * <p>Think of a publish whose connection breaks before the confirm arrives. The message may have been lost on its way
 * to the broker; or it was stored, and only the confirm was lost on its way back. From the caller's side both look the
 * same. Calling this "failed" is a guess, and it is the guess behind most lost and most doubled orders:
 *
 * <ul>
 *   <li>tell the customer "it failed", and the order may be delivered all the same;
 *   <li>publish again under a new id, and the effect may happen twice;
 *   <li>forget about it, and the order may be gone.
 * </ul>
 *
 * <p>What is safe after {@link #UNKNOWN}: publish again <em>under the same id</em>, to consumers that recognise an id
 * that they have handled before.
 */
public enum Outcome {
    /** The other side has said yes, and is bound by it: a publish that is {@code OK} must not be lost. */
    OK("confirmed", Kind.CONFIRMED),

    /**
     * The other side has said no, or the request provably never left: a publish that is {@code FAILED} must have no
     * effect. A time-out or a broken connection is never {@code FAILED}.
     *
     * <p>A negative confirm says less than it seems to where a message goes to several queues: RabbitMQ sends
     * {@code basic.nack} if one of them refuses the message, and the others keep it (RabbitMQ 4.x documentation, "Queue
     * Length Limit", overflow behaviour {@code reject-publish}). Record such an answer as {@link #UNKNOWN}.
     */
    FAILED("failed", Kind.FAILED),

    /** No answer came: a time-out, a broken connection. The request may have taken effect, or not, or may do so yet. */
    UNKNOWN("in doubt", Kind.IN_DOUBT);

    private final String words;
    private final Kind kind;

    Outcome(String words, Kind kind) {
        this.words = words;
        this.kind = kind;
    }

    /** The kind of event that records this outcome of a publish. */
    public Kind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return words;
    }
}

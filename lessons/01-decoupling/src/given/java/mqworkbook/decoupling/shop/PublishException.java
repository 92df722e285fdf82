package mqworkbook.decoupling.shop;

/** An event is not known to be in its queues. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String eventId;
    private final Outcome outcome;

    /**
     * A failed publish.
     *
     * @param outcome {@link Outcome#REFUSED} or {@link Outcome#UNKNOWN}
     */
    public PublishException(String eventId, Outcome outcome, String message) {
        super(message);
        this.eventId = eventId;
        this.outcome = outcome;
    }

    public String eventId() {
        return eventId;
    }

    public Outcome outcome() {
        return outcome;
    }
}

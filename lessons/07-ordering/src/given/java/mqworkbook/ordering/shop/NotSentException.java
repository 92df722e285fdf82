package mqworkbook.ordering.shop;

/** A change is not known to be in its queue. It may be there all the same: no answer is not a no. */
public final class NotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotSentException(OrderEvent change, Throwable cause) {
        super(change + " is not known to be in its queue", cause);
    }
}

package mqworkbook.ordering.shop;

/** Somebody else has changed the order in the meantime. Nothing was saved. */
public final class ConcurrentChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConcurrentChangeException(String message) {
        super(message);
    }
}

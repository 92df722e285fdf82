package mqworkbook.ordering.shop;

/** An order cannot go from where it stands to where somebody wants it. */
public final class IllegalChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IllegalChangeException(String message) {
        super(message);
    }
}

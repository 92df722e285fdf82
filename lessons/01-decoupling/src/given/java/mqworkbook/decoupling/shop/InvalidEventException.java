package mqworkbook.decoupling.shop;

/** A message that is not an order event: no JSON, or a field of the contract is missing. */
public final class InvalidEventException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message);
    }

    public InvalidEventException(String message, Throwable cause) {
        super(message, cause);
    }
}

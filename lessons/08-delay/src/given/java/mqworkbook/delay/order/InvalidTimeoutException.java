package mqworkbook.delay.order;

/** A message that is no timeout. */
public final class InvalidTimeoutException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}

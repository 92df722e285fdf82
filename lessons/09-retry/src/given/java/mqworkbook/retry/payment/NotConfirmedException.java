package mqworkbook.retry.payment;

import java.io.IOException;

/** A message is not known to be in a queue: refused, returned, or not confirmed in time. */
public final class NotConfirmedException extends IOException {

    private static final long serialVersionUID = 1L;

    public NotConfirmedException(String message) {
        super(message);
    }

    public NotConfirmedException(String message, Throwable cause) {
        super(message, cause);
    }
}

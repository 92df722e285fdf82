package mqworkbook.delay.order;

import java.io.IOException;

/** A message is not known to be in a queue. */
public final class NotConfirmedException extends IOException {

    private static final long serialVersionUID = 1L;

    public NotConfirmedException(String message) {
        super(message);
    }

    public NotConfirmedException(String message, Throwable cause) {
        super(message, cause);
    }
}

package mqworkbook.retry.payment;

/** A message that is no payment. */
public final class InvalidPaymentException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidPaymentException(String message, Throwable cause) {
        super(message, cause);
    }
}

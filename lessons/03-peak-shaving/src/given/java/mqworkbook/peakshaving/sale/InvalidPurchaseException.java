package mqworkbook.peakshaving.sale;

/** A text that is no purchase. Trying again does not make it one. */
public final class InvalidPurchaseException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidPurchaseException(String text, Throwable cause) {
        super("Not a purchase: \"" + text + "\"", cause);
    }
}

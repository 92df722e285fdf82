package mqworkbook.async.video;

/** An upload was not accepted, or is not known to be. The uploader is told so, and may try again with a new id. */
public final class NotAcceptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAcceptedException(String message) {
        super(message);
    }

    public NotAcceptedException(String message, Throwable cause) {
        super(message, cause);
    }
}

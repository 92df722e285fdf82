package mqworkbook.broadcasting.config;

/** A text that is no change: of another program, or of a later version of this one. */
public final class InvalidChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidChangeException(String text, Throwable cause) {
        super("Not a change: \"" + text + "\"", cause);
    }
}

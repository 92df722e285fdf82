package mqworkbook.sync.user;

/** A text that was taken for an event, and is none. */
public final class InvalidEventException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String text, Throwable cause) {
        super("no event: \"" + text + "\"", cause);
    }
}

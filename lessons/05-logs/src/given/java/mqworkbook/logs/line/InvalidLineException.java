package mqworkbook.logs.line;

/** These bytes are no log line, and never will be. */
public final class InvalidLineException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidLineException(String message) {
        super(message);
    }
}

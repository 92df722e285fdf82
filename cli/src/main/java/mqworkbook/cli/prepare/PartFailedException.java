package mqworkbook.cli.prepare;

/** A part cannot be had. The message is one sentence, and names the command that mends it. */
public final class PartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PartFailedException(String message) {
        super(message);
    }

    public PartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}

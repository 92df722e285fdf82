package mqworkbook.async.video;

/** A record that is no job. Trying again does not make it one. */
public final class InvalidJobException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidJobException(String message, Throwable cause) {
        super(message, cause);
    }
}

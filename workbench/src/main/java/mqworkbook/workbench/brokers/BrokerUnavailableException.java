package mqworkbook.workbench.brokers;

/** A broker cannot be had here. The message is one sentence for the learner, and names the command that mends it. */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerUnavailableException(String message) {
        super(message);
    }

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

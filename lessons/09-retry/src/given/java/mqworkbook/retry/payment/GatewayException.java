package mqworkbook.retry.payment;

/** The gateway has answered, and the answer is an error. */
public final class GatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * An error of the gateway.
     *
     * @param status the HTTP status of its answer
     */
    public GatewayException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}

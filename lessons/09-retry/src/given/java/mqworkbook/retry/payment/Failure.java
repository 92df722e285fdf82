package mqworkbook.retry.payment;

/**
 * What a failure says about the next attempt.
 *
 * <p>The first throwable that this table knows decides, counted from the outermost to its causes:
 *
 * <table>
 * <caption>What is what</caption>
 * <tr><td>{@link GatewayException} with 408, 429, 502, 503, 504</td><td>temporary</td></tr>
 * <tr><td>{@link GatewayException} with any other 4xx, or 501</td><td>permanent</td></tr>
 * <tr><td>{@link java.net.SocketException}, {@link java.net.SocketTimeoutException} and what extends them</td>
 *     <td>temporary</td></tr>
 * <tr><td>{@link java.sql.SQLTransientException} and what extends it</td><td>temporary</td></tr>
 * <tr><td>{@link InvalidPaymentException}</td><td>permanent</td></tr>
 * <tr><td>anything else, also a {@link GatewayException} with 500</td><td>unknown</td></tr>
 * </table>
 */
public enum Failure {
    /** It will pass: the gateway is down, busy, or out of reach. */
    TEMPORARY,
    /** It will be the same tomorrow: the card was declined, the message is no payment. */
    PERMANENT,
    /** Nobody can tell: a bug of ours, or of theirs. It is tried again, but not at once, and not for ever. */
    UNKNOWN
}

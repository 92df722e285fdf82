package mqworkbook.retry.payment;

/**
 * Headers that travel with a payment that has failed. They are a contract with other consumers and with operations.
 * Their names do not begin with {@code x-}, for those are the broker's own.
 */
public final class RetryHeaders {

    /** How many attempts have failed so far; a whole number of any width. A payment without it has none behind it. */
    public static final String ATTEMPTS = "attempts";

    /** When the first attempt failed; ISO-8601 text. */
    public static final String FIRST_FAILED_AT = "first-failed-at";

    /** Why the first attempt failed; contains the message of its exception, or the beginning of it. */
    public static final String FIRST_FAILURE = "first-failure";

    /** The exchange to which the payment was published in the beginning. */
    public static final String ORIGINAL_EXCHANGE = "original-exchange";

    /** The routing key with which the payment was published in the beginning. */
    public static final String ORIGINAL_ROUTING_KEY = "original-routing-key";

    /** On a dead letter: the name of a {@link Failure}, of the last attempt's. */
    public static final String FAILURE = "failure";

    /** On a dead letter: why the last attempt failed; contains the message of its exception, or the beginning of it. */
    public static final String REASON = "reason";

    private RetryHeaders() {}
}

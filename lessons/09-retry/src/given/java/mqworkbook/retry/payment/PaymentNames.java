package mqworkbook.retry.payment;

import java.time.Duration;

/**
 * The names on the broker that all teams have agreed on. The prefix keeps runs apart that share a broker.
 *
 * @param prefix put before each name; may be empty
 */
public record PaymentNames(String prefix) {

    /** Binding key of the queue of payments: all of them, by card, by invoice, and what else there will be. */
    public static final String BINDING_KEY = "payment.#";

    /** The topic exchange that payments are published to. Other teams have queues at it, too. */
    public String exchange() {
        return prefix + "payments";
    }

    /** The queue of payments that are to be made. */
    public String queue() {
        return prefix + "payments.charge";
    }

    /** Where a payment rests before its next attempt. */
    public String retryQueue(Duration delay) {
        return prefix + "payments.charge.retry." + delay.toMillis();
    }

    /** Where payments end that were given up. */
    public String deadLetterQueue() {
        return prefix + "payments.charge.dead";
    }
}

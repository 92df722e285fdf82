package mqworkbook.retry.payment;

/** What is done with each payment. */
@FunctionalInterface
public interface PaymentHandler {

    /** Makes the payment; returns when it is made, and throws what has gone wrong. */
    void handle(Payment payment) throws Exception;
}

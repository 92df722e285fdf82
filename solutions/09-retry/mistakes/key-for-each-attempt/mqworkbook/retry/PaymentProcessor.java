// Mistake:   key-for-each-attempt
// Wrong:     Each attempt has a new idempotency key; only the tries within it share one.
// Shows as:  The process dies between charge and note, another one makes the attempt again, and the customer has
//            paid twice.
// Caught in: step 5
// Says:      "charged 2 times for one payment"
package mqworkbook.retry;

import mqworkbook.retry.payment.Ledger;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentGateway;
import mqworkbook.retry.payment.PaymentHandler;

/** Makes payments: takes the money at the gateway and notes it in the ledger, once for each payment, however often it comes. */
public final class PaymentProcessor implements PaymentHandler {

    private final PaymentGateway gateway;
    private final Ledger ledger;
    private final ImmediateRetry immediateRetry;

    public PaymentProcessor(PaymentGateway gateway, Ledger ledger, ImmediateRetry immediateRetry) {
        this.gateway = gateway;
        this.ledger = ledger;
        this.immediateRetry = immediateRetry;
    }

    @Override
    public void handle(Payment payment) throws Exception {
        if (ledger.isPaid(payment.paymentId())) {
            return;
        }
        String key = java.util.UUID.randomUUID().toString();
        String receipt = immediateRetry.run(() -> gateway.charge(key, payment));
        ledger.markPaid(payment.paymentId(), receipt);
    }
}

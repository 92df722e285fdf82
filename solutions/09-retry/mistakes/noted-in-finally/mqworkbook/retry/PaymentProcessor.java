// Mistake:   noted-in-finally
// Wrong:     The note is in a finally block.
// Shows as:  Declined payments are shipped.
// Caught in: step 5
// Says:      "in the ledger, and no money was taken"
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
        String receipt = "R-" + payment.paymentId();
        try {
            receipt = immediateRetry.run(() -> gateway.charge(payment.paymentId(), payment));
        } finally {
            ledger.markPaid(payment.paymentId(), receipt);
        }
    }
}

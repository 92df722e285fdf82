// Mistake:   key-of-the-order
// Wrong:     The idempotency key is the order's.
// Shows as:  The second half of the amount is never taken, and the shop believes that it was.
// Caught in: step 5
// Says:      "taken for the first"
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
        String receipt = immediateRetry.run(() -> gateway.charge(payment.orderId(), payment));
        ledger.markPaid(payment.paymentId(), receipt);
    }
}

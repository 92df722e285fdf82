// Mistake:   no-second-try
// Wrong:     The gateway is called outside of the immediate retry.
// Shows as:  Each dropped connection costs a payment a minute in a retry queue.
// Caught in: step 5
// Says:      "costs a payment a rest"
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
        String receipt = gateway.charge(payment.paymentId(), payment);
        ledger.markPaid(payment.paymentId(), receipt);
    }
}

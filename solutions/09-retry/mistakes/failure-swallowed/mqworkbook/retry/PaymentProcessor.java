// Mistake:   failure-swallowed
// Wrong:     The processor logs what the gateway says, and returns.
// Shows as:  The queue is empty, the dead letters are empty, and half of the payments were never made.
// Caught in: step 5
// Says:      "A payment"
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
        try {
            String receipt = immediateRetry.run(() -> gateway.charge(payment.paymentId(), payment));
            ledger.markPaid(payment.paymentId(), receipt);
        } catch (java.io.IOException | mqworkbook.retry.payment.GatewayException e) {
            System.getLogger("payments").log(System.Logger.Level.DEBUG, "not charged", e);
        }
    }
}

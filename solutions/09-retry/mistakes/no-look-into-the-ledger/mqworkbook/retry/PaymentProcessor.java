// Mistake:   no-look-into-the-ledger
// Wrong:     The gateway's key alone is trusted, which it knows for a day.
// Shows as:  A payment that was redriven after the week-end is charged a second time.
// Caught in: step 5
// Says:      "charged 2 times"; "a day later"
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
        // The same key for each try and each delivery: after a lost answer the gateway knows that it has taken the
        // money.
        String receipt = immediateRetry.run(() -> gateway.charge(payment.paymentId(), payment));
        ledger.markPaid(payment.paymentId(), receipt);
    }
}

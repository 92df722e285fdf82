package mqworkbook.retry;

import mqworkbook.retry.payment.Payment;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** A desk whose payments are made by the learner's processor, with a gateway and a ledger. */
final class Till {

    /** Tries in one attempt, while the failure is temporary. */
    static final int TRIES = 2;

    final Desk desk;
    final TestGateway gateway = new TestGateway();
    final TestLedger ledger = new TestLedger();

    Till(Desk desk) {
        this.desk = desk;
    }

    /** Starts a process; it shares gateway and ledger with the others, and nothing else. */
    PaymentConsumer consume(String process) throws Exception {
        return desk.consume(process, processor());
    }

    PaymentProcessor processor() {
        return new PaymentProcessor(gateway, ledger, new ImmediateRetry(new FailureClassifier(), TRIES));
    }

    void kill(String process) {
        desk.kill(process);
        gateway.die();
    }

    void expectPaid(Payment payment) {
        Eventually.within(Desk.SOON)
                .until(payment.paymentId() + " is in the ledger", () -> ledger.holds(payment))
                .orElse(() -> Wrong.that(
                                gateway.charges(payment) > 0
                                        ? "Money was taken, and the payment is not in the ledger"
                                        : "A payment is never made")
                        .seen(whereabouts(payment) + ", after " + Desk.SOON.toSeconds() + " s")
                        .means("The customer has paid or not, and the shop believes the opposite.")
                        .suspect("a payment that is noted or remembered before it is made, or an exception that is"
                                + " swallowed"));
    }

    /** Money was taken once for the payment, whatever has happened. */
    void expectOneCharge(Payment payment, String what, String suspect) {
        if (gateway.charges(payment) > 1) {
            throw Wrong.that("A customer was charged " + gateway.charges(payment) + " times for one payment")
                    .seen(payment.paymentId() + ": " + what + "; the gateway was called " + gateway.calls(payment)
                            + " times, and took money with the keys " + gateway.keys(payment))
                    .means("The money is gone twice from the customer's account, and the hotline rings.")
                    .suspect(suspect);
        }
        if (gateway.charges(payment) == 0 && ledger.holds(payment)) {
            throw Wrong.that("A payment is in the ledger, and no money was taken")
                    .seen(payment.paymentId() + ": " + what)
                    .means("The goods are shipped, and nobody ever pays.")
                    .suspect("a note in the ledger before the charge");
        }
    }

    String whereabouts(Payment payment) {
        return payment.paymentId() + ": " + gateway.calls(payment) + " calls, " + gateway.charges(payment)
                + " charges, " + (ledger.holds(payment) ? "" : "not ") + "in the ledger; " + desk.places();
    }
}

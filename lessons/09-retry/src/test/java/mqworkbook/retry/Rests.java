package mqworkbook.retry;

import java.time.Duration;
import mqworkbook.retry.payment.Payment;
import mqworkbook.workbench.judge.Wrong;

/** How long payments rest. */
final class Rests {

    /** The broker counts in whole milliseconds, from the one in which the message came. */
    private static final Duration PRECISION = Duration.ofMillis(5);

    private Rests() {}

    static void expectNotShorter(Payment payment, int failedAttempts, Duration rested, Duration scheduled) {
        if (rested.compareTo(scheduled.minus(PRECISION)) >= 0) {
            return;
        }
        throw Wrong.that("A payment was tried again before its rest was over")
                .seen(payment.paymentId() + " came back " + rested.toMillis() + " ms after its failed attempt "
                        + failedAttempts + ", and rests " + scheduled.toMillis() + " ms at least")
                .means(
                        rested.compareTo(scheduled.dividedBy(4)) < 0
                                ? "A hot loop: while the gateway is down, each payment is sent to it as fast as the broker"
                                        + " can deliver."
                                : "The gateway gets no time to recover: whoever comes back too early keeps it down.")
                .suspect(
                        failedAttempts > 1
                                ? "the same rest after each failure, a count that does not travel with the payment, or requeue"
                                : "basicNack or basicReject with requeue=true, or a delay that is not the queue's");
    }
}

package mqworkbook.retry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import mqworkbook.retry.CircuitBreaker.State;
import mqworkbook.retry.payment.Payment;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** A desk with consumers that pause, and a gateway that is down for everyone now and then. */
final class Outage {

    static final int THRESHOLD = 3;

    final Desk desk;
    final CircuitBreaker breaker;
    private final Duration openFor;

    Outage(Desk desk, Duration openFor) {
        this.desk = desk;
        this.openFor = openFor;
        this.breaker = new CircuitBreaker(THRESHOLD, openFor, Clock.systemUTC());
    }

    PausingConsumer consume(String process) throws Exception {
        PausingConsumer consumer = new PausingConsumer(
                desk.client(process).factory(), desk.names, desk.policy, desk.handler, breaker, Desk.PREFETCH);
        desk.opened(consumer);
        consumer.start();
        return consumer;
    }

    /** The gateway is down, and so many payments as are needed find out when the consumers start. */
    List<Payment> begin(String... processes) throws Exception {
        desk.handler.outage(Desk::unavailable);
        List<Payment> first = Desk.payments(THRESHOLD);
        first.forEach(desk::publish);
        for (String process : processes) {
            consume(process);
        }
        Eventually.within(Desk.SOON)
                .until("the breaker has opened", () -> breaker.state() != State.CLOSED)
                .orElse(() -> Wrong.that("The gateway is down for everyone, and the breaker is closed")
                        .seen("the threshold is " + THRESHOLD + "; the gateway was called " + desk.handler.count()
                                + " times, each time for another payment, and answered none; " + desk.places())
                        .means("All payments use up their attempts while nothing can succeed.")
                        .suspect("a consumer that does not report its failures to the breaker"));
        return first;
    }

    void end() {
        desk.handler.outage(null);
    }

    /** Waits until the gateway was called so often in all, probes included. */
    void awaitCalls(int calls) {
        Eventually.within(Desk.SOON.multipliedBy(2))
                .until(calls + " calls", () -> desk.handler.count() >= calls || desk.dead() > 0)
                .orElse(() -> Wrong.that("While the breaker is half open, no payment is tried")
                        .seen(desk.handler.count() + " calls of the gateway, and at least " + calls
                                + " should be: one payment each " + openFor.toMillis() + " ms; the breaker is "
                                + breaker.state() + "; " + desk.places())
                        .means("The gateway is back, and nobody notices.")
                        .suspect("a consumer that was cancelled and never tries again"));
    }

    void expectNoneGivenUp() {
        if (desk.dead() > 0) {
            throw Wrong.that("Payments were given up in an outage that was nobody's fault")
                    .seen(desk.dead() + " dead letters after " + desk.handler.count()
                            + " calls of a gateway that is down for" + " everyone; there are "
                            + desk.policy.maxAttempts() + " attempts for each payment")
                    .means("After each outage somebody redrives all payments of that hour by hand.")
                    .suspect("attempts that are counted for the breaker's probes, or while it is open");
        }
    }

    void expectAllMade(List<Payment> payments) {
        Eventually.within(Desk.SOON)
                .until("all are made", () -> payments.stream().allMatch(desk.handler::made))
                .orElse(() -> {
                    Payment missing = payments.stream()
                            .filter(payment -> !desk.handler.made(payment))
                            .findFirst()
                            .orElseThrow();
                    return Wrong.that(
                                    desk.dead() > 0
                                            ? "Payments were given up in an outage that was nobody's fault"
                                            : "The gateway is back, and payments are not made")
                            .seen(desk.whereabouts(missing) + "; the breaker is " + breaker.state() + ", after "
                                    + Desk.SOON.toSeconds() + " s")
                            .means(
                                    desk.dead() > 0
                                            ? "After each outage somebody redrives all payments of that hour by hand."
                                            : "The outage goes on in the shop when it is over at the gateway.")
                            .suspect(
                                    desk.dead() > 0
                                            ? "attempts that are counted while the breaker is open, or for its probes"
                                            : "one and the same payment at the head that is tried each time, a probe whose"
                                                    + " result is not reported, or a consumer that does not go on");
                });
    }

    /** Closes the consumers, after a moment for their last acknowledgements: what was made must not come back. */
    void expectNoneComesBack(String process, int settledBefore, List<Payment> made) throws Exception {
        try {
            Eventually.within(Duration.ofSeconds(2))
                    .until("all are let go", () -> desk.settled(process) >= settledBefore + made.size())
                    .orElse(() -> Wrong.that("Payments are held"));
        } catch (Wrong held) {
            // One acknowledgement may stand for many, so what counts is what comes back.
        }
        desk.closeAll();
        Eventually.never(
                "nothing comes back",
                Duration.ofMillis(100),
                () -> desk.queues().depth(desk.names.queue()) > 0,
                () -> Wrong.that("Payments that were made come back when the consumer is closed")
                        .seen(desk.queues().depth(desk.names.queue()) + " of "
                                + made.stream().map(Payment::paymentId).toList()
                                + " are in the queue again: they were never acknowledged")
                        .means("After each deploy the payments since the last network fault are charged once more, or"
                                + " asked for.")
                        .suspect("basicGet on a channel that was recovered: amqp-client translates the tags of its"
                                + " deliveries, but not of what basicGet takes, and drops or misdirects the"
                                + " acknowledgement; take a new channel for probes"));
    }
}

package mqworkbook.retry;

import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.WireMessage;

/** What a payment carries when it comes back. */
final class Carried {

    private Carried() {}

    /** Everything that the shop published it with is there, and the count. */
    static void expectAll(Payment payment, WireMessage delivery, int failedAttempts) {
        String id = Desk.messageId(payment);
        expect(payment, "the content type", "application/json", delivery.field("content-type"));
        expect(payment, "the type", "payment", delivery.field("type"));
        expect(payment, "the correlation id", "C-" + id, delivery.field("correlation-id"));
        expect(payment, "the header traceparent", "trace of " + id, Wire.header(delivery, "traceparent"));
        expect(payment, "the header tenant", "shop-7", Wire.header(delivery, "tenant"));
        if (!delivery.field("delivery-mode").equals("2")) {
            throw Wrong.that("A payment that was persistent comes back transient")
                    .seen(payment.paymentId() + ": delivery mode "
                            + (delivery.field("delivery-mode").isEmpty() ? "not set" : delivery.field("delivery-mode")))
                    .means("The broker restarts while it rests, and it is gone.")
                    .suspect("new properties in place of the delivery's own");
        }
        expectCount(payment, delivery, failedAttempts);
    }

    static void expectCount(Payment payment, WireMessage delivery, int failedAttempts) {
        Object count = Wire.header(delivery, RetryHeaders.ATTEMPTS);
        if (!(count instanceof Number number) || number.longValue() != failedAttempts) {
            throw notCounted(
                    payment,
                    failedAttempts,
                    "its header " + RetryHeaders.ATTEMPTS + " is " + (count == null ? "missing" : count));
        }
    }

    /** The attempts were made, and the payment's message was not delivered so often. */
    static Wrong notSeen(Payment payment, Wire wire) {
        int own = wire.deliveries(Desk.messageId(payment)).size();
        return wire.count() > own
                ? lost(payment, "its message id")
                : notCounted(payment, own - 1, "its message came only " + own + " times, for 3 attempts");
    }

    static Wrong notCounted(Payment payment, int failedAttempts, String seen) {
        return Wrong.that("The count of attempts does not travel with the payment")
                .seen(payment.paymentId() + " came back after " + failedAttempts + " failed attempts; " + seen)
                .means("The next consumer, or this one after a restart, begins to count from nothing: a payment that"
                        + " always fails goes round for ever.")
                .suspect("a count in memory, a count in x-death (which a republished message loses on RabbitMQ 4), or"
                        + " headers that replace those that were there");
    }

    static Wrong lost(Payment payment, String what) {
        return Wrong.that("A payment loses on its way through the retry queue what it carried")
                .seen(payment.paymentId() + " came back without " + what)
                .means("Tracing ends here, the tenant is forgotten, and whoever relies on it takes the payment for"
                        + " another.")
                .suspect("new properties or headers in place of the delivery's own");
    }

    private static void expect(Payment payment, String what, String expected, Object found) {
        if (!expected.equals(found)) {
            throw lost(payment, what + " (was " + expected + ", is " + found + ")");
        }
    }
}

package mqworkbook.retry;

import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mqworkbook.retry.payment.InvalidPaymentException;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** The dead letters of a desk, taken off their queue as they come. */
final class DeadLetters {

    private final Desk desk;
    private final List<GetResponse> letters = new ArrayList<>();

    DeadLetters(Desk desk) {
        this.desk = desk;
    }

    /** All letters so far. */
    List<GetResponse> all() {
        letters.addAll(desk.deadLetters());
        return letters;
    }

    /** The payment's letters among those that have been taken; {@link #all} takes what is new. */
    List<GetResponse> of(Payment payment) {
        return letters.stream()
                .filter(letter -> id(letter).equals(payment.paymentId()))
                .toList();
    }

    /** Waits for the payment's letter. */
    GetResponse expect(Payment payment, String otherwise) {
        return expect(
                payment.paymentId(),
                letter -> id(letter).equals(payment.paymentId()),
                () -> Wrong.that(otherwise)
                        .seen(desk.whereabouts(payment))
                        .means("Nobody can look at what went wrong, and the customer is never charged.")
                        .suspect("an ack without a letter, or a failure that is tried again for ever"));
    }

    GetResponse expect(String what, Predicate<GetResponse> which, java.util.function.Supplier<Wrong> otherwise) {
        Eventually.within(Desk.SOON)
                .until(what + " is a dead letter", () -> all().stream().anyMatch(which))
                .orElse(otherwise);
        return letters.stream().filter(which).findFirst().orElseThrow();
    }

    /** The payment id in a letter, or the whole body if it is no payment. */
    static String id(GetResponse letter) {
        try {
            return new PaymentCodec().read(letter.getBody()).paymentId();
        } catch (InvalidPaymentException e) {
            return new String(letter.getBody(), StandardCharsets.UTF_8);
        }
    }

    static String header(GetResponse letter, String name) {
        Map<String, Object> headers = letter.getProps().getHeaders();
        Object value = headers == null ? null : headers.get(name);
        return value == null ? "" : value.toString();
    }

    /** A header that operations rely on. */
    static void expectHeader(GetResponse letter, String name, String expected) {
        String value = header(letter, name);
        if (!value.equals(expected)) {
            throw wrongHeader(letter, name, value, "\"" + expected + "\"");
        }
    }

    static void expectHeaderContains(GetResponse letter, String name, String expected) {
        String value = header(letter, name);
        if (!value.contains(expected)) {
            throw wrongHeader(letter, name, value, "something with \"" + expected + "\" in it");
        }
    }

    static void expectRecent(GetResponse letter, String name) {
        String value = header(letter, name);
        try {
            Duration ago = Duration.between(Instant.parse(value), Instant.now());
            if (!ago.isNegative() && ago.compareTo(Duration.ofMinutes(5)) < 0) {
                return;
            }
        } catch (DateTimeParseException e) {
            // Reported below, with the value.
        }
        throw wrongHeader(letter, name, value, "the time of the first failure: \"2026-03-01T12:00:00.123Z\"");
    }

    private static Wrong wrongHeader(GetResponse letter, String name, String value, String expected) {
        return Wrong.that("A dead letter does not say what operations must know: its " + name)
                .seen(id(letter) + ": " + name + " is " + (value.isEmpty() ? "missing" : "\"" + value + "\"")
                        + ", and should be " + expected)
                .means("People stand before a thousand letters, and cannot tell which may be redriven, and to where.")
                .suspect(
                        name.startsWith("original")
                                ? "the last delivery's exchange and routing key, which are the retry queue's doing"
                                : name.startsWith("first")
                                        ? "the last failure in the place of the first"
                                        : "a header that is not written, or that is one too high or too low");
    }

    /** The letter still has the body and all that the shop published it with. */
    static void expectWhole(GetResponse letter, Payment payment) {
        String messageId = Desk.messageId(payment);
        boolean whole = messageId.equals(letter.getProps().getMessageId())
                && "application/json".equals(letter.getProps().getContentType())
                && header(letter, "traceparent").equals("trace of " + messageId);
        if (!whole) {
            throw Wrong.that("A dead letter has lost what the payment carried")
                    .seen(payment.paymentId() + ": message id "
                            + letter.getProps().getMessageId() + ", content type "
                            + letter.getProps().getContentType() + ", traceparent \"" + header(letter, "traceparent")
                            + "\"")
                    .means("Redriven, it is another message than the one that failed.");
        }
        Integer mode = letter.getProps().getDeliveryMode();
        if (mode == null || mode != 2) {
            throw Wrong.that("A dead letter is transient: it does not survive a restart of the broker")
                    .seen(payment.paymentId() + ": delivery mode " + mode)
                    .means("The one place where lost payments could be found is empty after the restart.");
        }
    }

    static long attempts(GetResponse letter) {
        try {
            return Long.parseLong(header(letter, RetryHeaders.ATTEMPTS));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** Dead letters that the judge has written, and the learner's redrive of them. */
final class Letters {

    static final String REDRIVE = "redrive";

    private final Desk desk;
    private final Duration confirmTimeout;

    Letters(Desk desk, Duration confirmTimeout) {
        this.desk = desk;
        this.confirmTimeout = confirmTimeout;
    }

    /** A letter as the consumer writes it, after three attempts. */
    void write(Payment payment) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("tenant", "shop-7");
        headers.put(RetryHeaders.ATTEMPTS, 3);
        headers.put(RetryHeaders.FIRST_FAILED_AT, "2026-03-01T12:00:00.123Z");
        headers.put(RetryHeaders.FIRST_FAILURE, "GatewayException: service unavailable");
        headers.put(RetryHeaders.FAILURE, Failure.TEMPORARY.name());
        headers.put(RetryHeaders.REASON, "GatewayException: service unavailable");
        headers.put(RetryHeaders.ORIGINAL_EXCHANGE, desk.names.exchange());
        headers.put(RetryHeaders.ORIGINAL_ROUTING_KEY, "payment.invoice");
        headers.put("traceparent", "trace of " + Desk.messageId(payment));
        write(
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .messageId(Desk.messageId(payment))
                        .contentType("application/json")
                        .headers(headers)
                        .build(),
                payment);
    }

    /** A letter that another program has written, without a single header. */
    void writeBare(Payment payment) {
        write(new AMQP.BasicProperties.Builder().deliveryMode(2).build(), payment);
    }

    private void write(AMQP.BasicProperties properties, Payment payment) {
        desk.queues().on(channel -> {
            channel.confirmSelect();
            channel.basicPublish("", desk.names.deadLetterQueue(), true, properties, new PaymentCodec().write(payment));
            try {
                channel.waitForConfirmsOrDie(5_000);
            } catch (InterruptedException | TimeoutException e) {
                throw new IOException("the judge's own publish was not confirmed", e);
            }
            return null;
        });
    }

    /** Calls the learner's redrive; how many it says were moved. */
    int redrive(int atMost) throws Exception {
        Redrive redrive = new Redrive(desk.client(REDRIVE).factory(), desk.names, confirmTimeout);
        return Calls.await(() -> redrive.redrive(atMost), "redrive(" + atMost + ")");
    }

    /** Whether the learner's redrive reports that it did not move all. */
    boolean redriveReportsTrouble(int atMost, int letters) throws Exception {
        try {
            return redrive(atMost) < Math.min(atMost, letters);
        } catch (IOException | com.rabbitmq.client.ShutdownSignalException reported) {
            return true;
        }
    }

    /** Each payment must be in one of the two queues at least; what is unacknowledged comes back in a moment. */
    void expectNoneLost(List<Payment> payments, String what) {
        Set<String> seen = new TreeSet<>();
        Eventually.within(Desk.SOON)
                .until("none is lost", () -> {
                    ids(desk.queues().drain(desk.names.queue())).forEach(seen::add);
                    ids(desk.deadLetters()).forEach(seen::add);
                    return payments.stream().allMatch(payment -> seen.contains(payment.paymentId()));
                })
                .orElse(() -> Wrong.that("A dead letter was lost on its way back")
                        .seen(what + "; " + payments.size() + " letters were written, and in neither queue is "
                                + payments.stream()
                                        .map(Payment::paymentId)
                                        .filter(id -> !seen.contains(id))
                                        .collect(Collectors.joining(", ")))
                        .means("It was the last copy. Nobody will ever know of this payment again.")
                        .suspect("an ack before the publish, a publish without a confirm, or without mandatory"));
    }

    static List<String> ids(List<GetResponse> messages) {
        return messages.stream().map(DeadLetters::id).toList();
    }
}

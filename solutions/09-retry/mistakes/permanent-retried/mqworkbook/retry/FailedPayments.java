// Mistake:   permanent-retried
// Wrong:     The consumer does not look at what kind of failure it was.
// Shows as:  A declined card is asked for again at each rung of the ladder.
// Caught in: step 4
// Says:      "more often than it may be"
package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import mqworkbook.retry.payment.NotConfirmedException;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.retry.payment.RetryPolicy;

/** What becomes of payments that have failed. The headers that they carry stand at {@link RetryHeaders}. */
public final class FailedPayments {

    private static final int PERSISTENT = 2;
    private static final String DEFAULT_EXCHANGE = "";

    /** Headers must fit into one frame, and a gateway likes to answer with a whole page of HTML. */
    private static final int LONGEST_REASON = 1000;

    private final ConfirmedPublisher publisher;
    private final PaymentNames names;
    private final RetryPolicy policy;
    private final FailureClassifier classifier = new FailureClassifier();
    private final Backoff backoff;

    public FailedPayments(ConfirmedPublisher publisher, PaymentNames names, RetryPolicy policy) {
        this.publisher = publisher;
        this.names = names;
        this.policy = policy;
        this.backoff = new Backoff(policy);
    }

    /** Lays the payment to rest, or sets it aside when another attempt is of no use, or was its last. */
    void sendOn(Delivery delivery, Throwable failure) throws IOException {
        boolean last = attempts(delivery) + 1 >= policy.maxAttempts();
        if (last) {
            setAside(delivery, failure);
        } else {
            retryLater(delivery, failure);
        }
    }

    /**
     * Lays the payment to rest before its next attempt, with one more attempt on its count. When this returns, the
     * delivery may be acknowledged.
     *
     * @throws NotConfirmedException if the payment is not known to be in a retry queue
     */
    public void retryLater(Delivery delivery, Throwable failure) throws IOException {
        Duration delay = backoff.delay(attempts(delivery) + 1, ThreadLocalRandom.current());
        publish(delivery, names.retryQueue(delay), withHistory(delivery, failure));
    }

    /**
     * Puts the payment among the dead letters, with what operations must know. When this returns, the delivery may be
     * acknowledged.
     *
     * @throws NotConfirmedException if the payment is not known to be among the dead letters
     */
    public void setAside(Delivery delivery, Throwable failure) throws IOException {
        Map<String, Object> headers = withHistory(delivery, failure);
        headers.put(RetryHeaders.FAILURE, classifier.classify(failure).name());
        headers.put(RetryHeaders.REASON, reason(failure));
        publish(delivery, names.deadLetterQueue(), headers);
    }

    /** Puts the payment behind all others, with its count as it was: the attempt was nobody's fault. */
    void lineUpAgain(Delivery delivery) throws IOException {
        publish(delivery, names.queue(), withOrigin(delivery));
    }

    private void publish(Delivery delivery, String queue, Map<String, Object> headers) throws IOException {
        AMQP.BasicProperties properties = delivery.getProperties()
                .builder()
                .headers(headers)
                .deliveryMode(PERSISTENT)
                // A time to live of its own would end the rest too early.
                .expiration(null)
                .build();
        publisher.publish(DEFAULT_EXCHANGE, queue, properties, delivery.getBody());
    }

    /** The payment's headers with one more attempt, and with what only the first failure knows. */
    private static Map<String, Object> withHistory(Delivery delivery, Throwable failure) {
        Map<String, Object> headers = withOrigin(delivery);
        headers.put(RetryHeaders.ATTEMPTS, attempts(delivery) + 1);
        headers.putIfAbsent(RetryHeaders.FIRST_FAILED_AT, Instant.now().toString());
        headers.putIfAbsent(RetryHeaders.FIRST_FAILURE, reason(failure));
        return headers;
    }

    /** On its way back a payment has another exchange and routing key, so those of its first delivery are kept. */
    private static Map<String, Object> withOrigin(Delivery delivery) {
        Map<String, Object> headers = new HashMap<>(headers(delivery));
        headers.putIfAbsent(
                RetryHeaders.ORIGINAL_EXCHANGE, delivery.getEnvelope().getExchange());
        headers.putIfAbsent(
                RetryHeaders.ORIGINAL_ROUTING_KEY, delivery.getEnvelope().getRoutingKey());
        return headers;
    }

    private static int attempts(Delivery delivery) {
        return headers(delivery).get(RetryHeaders.ATTEMPTS) instanceof Number number ? number.intValue() : 0;
    }

    private static Map<String, Object> headers(Delivery delivery) {
        Map<String, Object> headers = delivery.getProperties().getHeaders();
        return headers == null ? Map.of() : headers;
    }

    private static String reason(Throwable failure) {
        String reason = failure.getMessage() == null
                ? failure.getClass().getName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }
}

// Alternative: the consumer pulls its payments with basicGet. There is no state but the breaker's: who does not ask
// gets nothing.
// Each payment costs a round trip, and an empty queue is asked in vain. For a gateway that is the bottleneck anyway.
package mqworkbook.retry;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.InvalidPaymentException;
import mqworkbook.retry.payment.NotConfirmedException;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.PaymentHandler;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.RetryPolicy;

/**
 * Does the work of a {@link PaymentConsumer} while the gateway is up. While it is down for everyone, payments wait in
 * their queue, and their attempts are not used up. Now and then one of them is tried, each time another one, and when that
 * succeeds, all go on.
 */
public final class PausingConsumer implements AutoCloseable {

    /** How often the queue is asked when it was empty. */
    private static final long TICK_MILLIS = 20;

    private final ConnectionFactory broker;
    private final PaymentNames names;
    private final RetryPolicy policy;
    private final PaymentHandler handler;
    private final CircuitBreaker breaker;
    private final PaymentCodec codec = new PaymentCodec();
    private final FailureClassifier classifier = new FailureClassifier();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Connection connection;
    private Channel channel;
    private FailedPayments failed;

    /**
     * A consumer that pauses.
     *
     * @param breaker knows whether the gateway is down for everyone
     * @param prefetch ignored: a consumer that pulls has one at a time
     */
    public PausingConsumer(
            ConnectionFactory broker,
            PaymentNames names,
            RetryPolicy policy,
            PaymentHandler handler,
            CircuitBreaker breaker,
            int prefetch) {
        this.broker = broker;
        this.names = names;
        this.policy = policy;
        this.handler = handler;
        this.breaker = breaker;
    }

    /** Begins to consume. The queues are there. */
    public void start() throws IOException, TimeoutException {
        connection = broker.newConnection("payments, pausing");
        failed = new FailedPayments(new ConfirmedPublisher(connection, policy.confirmTimeout()), names, policy);
        channel = connection.createChannel();
        timer.scheduleWithFixedDelay(this::pull, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops; payments that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        if (connection != null) {
            connection.close();
        }
    }

    // Who does not ask gets nothing, so a pause needs no cancelling, and gives nothing back.
    private void pull() {
        try {
            while (breaker.state() == CircuitBreaker.State.CLOSED) {
                GetResponse next = channel.basicGet(names.queue(), false);
                if (next == null) {
                    return;
                }
                attempt(new Delivery(next.getEnvelope(), next.getProps(), next.getBody()), false);
            }
            if (breaker.state() == CircuitBreaker.State.HALF_OPEN) {
                probe();
            }
        } catch (IOException | ShutdownSignalException e) {
            // The connection recovers by itself, and a later pull finds it.
        }
    }

    // The breaker is asked first: a payment that is taken in vain and given back counts as returned once more.
    private void probe() throws IOException {
        if (!breaker.tryAcquire()) {
            return;
        }
        GetResponse next = null;
        try {
            next = channel.basicGet(names.queue(), false);
        } finally {
            if (next == null) {
                nothingLearned("nobody");
            }
        }
        if (next != null) {
            attempt(new Delivery(next.getEnvelope(), next.getProps(), next.getBody()), true);
        }
    }

    private void attempt(Delivery delivery, boolean probe) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            read(delivery, probe);
        } catch (NotConfirmedException notConfirmed) {
            returnLater(tag);
            return;
        }
        channel.basicAck(tag, false);
    }

    private void read(Delivery delivery, boolean probe) throws IOException {
        Payment payment;
        try {
            payment = codec.read(delivery.getBody());
        } catch (InvalidPaymentException nonsense) {
            // It was never at the gateway.
            nothingLearned("nonsense");
            failed.setAside(delivery, nonsense);
            return;
        }
        call(payment, delivery, probe);
    }

    /** Whoever was let through reports, also when there was nobody to try. */
    private void nothingLearned(String instead) {
        breaker.failed(instead, Failure.UNKNOWN);
    }

    private void call(Payment payment, Delivery delivery, boolean probe) throws IOException {
        try {
            handler.handle(payment);
            breaker.succeeded();
        } catch (Exception failure) {
            Failure kind = classifier.classify(failure);
            breaker.failed(payment.paymentId(), kind);
            if (probe && kind == Failure.TEMPORARY) {
                // Not to the head: the next probe must not meet the same payment, which may be the only sick one.
                failed.lineUpAgain(delivery);
            } else {
                failed.sendOn(delivery, failure);
            }
        }
    }

    /** Not at once: while the way out is broken, it would come back at once. */
    private void returnLater(long tag) {
        try {
            timer.schedule(
                    () -> {
                        channel.basicNack(tag, false, true);
                        return null;
                    },
                    policy.firstDelay().toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The broker takes back what a closed connection has not acknowledged.
        }
    }
}

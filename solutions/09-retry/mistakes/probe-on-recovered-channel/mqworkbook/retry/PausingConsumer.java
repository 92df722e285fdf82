// Mistake:   probe-on-recovered-channel
// Wrong:     Probes are taken with basicGet on the channel on which payments were consumed before the connection was
// lost.
// Shows as:  Since the last network fault some payments are never acknowledged, and come again with each deploy.
// Caught in: step 6
// Says:      "come back"; "basicGet on a channel that was recovered"
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

    /** How often a pausing consumer looks at its breaker; this costs the broker nothing. */
    private static final long TICK_MILLIS = 20;

    private final ConnectionFactory broker;
    private final PaymentNames names;
    private final RetryPolicy policy;
    private final PaymentHandler handler;
    private final CircuitBreaker breaker;
    private final int prefetch;
    private final PaymentCodec codec = new PaymentCodec();
    private final FailureClassifier classifier = new FailureClassifier();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Connection connection;
    private Channel channel;
    private FailedPayments failed;

    /** Null while the consumer pauses. */
    private String consumerTag;

    /**
     * A consumer that pauses.
     *
     * @param breaker knows whether the gateway is down for everyone
     * @param prefetch how many payments may be here and not yet acknowledged
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
        this.prefetch = prefetch;
    }

    /** Begins to consume. The queues are there. */
    public void start() throws IOException, TimeoutException {
        connection = broker.newConnection("payments, pausing");
        failed = new FailedPayments(new ConfirmedPublisher(connection, policy.confirmTimeout()), names, policy);
        channel = connection.createChannel();
        channel.basicQos(prefetch);
        resume();
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops; payments that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        if (connection != null) {
            connection.close();
        }
    }

    private synchronized void resume() throws IOException {
        consumerTag =
                channel.basicConsume(names.queue(), false, (tag, delivery) -> onDelivery(delivery), cancelled -> {});
    }

    private synchronized void pause() throws IOException {
        if (consumerTag != null) {
            String cancelled = consumerTag;
            // First, for a cancel that fails with its connection counts, too: recovery brings no such consumer back.
            consumerTag = null;
            channel.basicCancel(cancelled);
        }
    }

    private synchronized boolean isPausing() {
        return consumerTag == null;
    }

    private void onDelivery(Delivery delivery) throws IOException {
        if (isPausing() || breaker.state() != CircuitBreaker.State.CLOSED || !breaker.tryAcquire()) {
            // It was on its way when the pause began.
            channel.basicNack(delivery.getEnvelope().getDeliveryTag(), false, true);
        } else {
            attempt(delivery, false);
        }
        if (breaker.state() != CircuitBreaker.State.CLOSED) {
            pause();
        }
    }

    private void tick() {
        try {
            if (isPausing()) {
                switch (breaker.state()) {
                    case CLOSED -> resume();
                    case HALF_OPEN -> probe();
                    default -> {
                        // Open: the gateway is left alone.
                    }
                }
            }
        } catch (IOException | ShutdownSignalException e) {
            // The connection recovers by itself, and a later tick finds it.
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

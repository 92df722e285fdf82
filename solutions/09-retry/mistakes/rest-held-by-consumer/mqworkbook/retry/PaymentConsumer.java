// Mistake:   rest-held-by-consumer
// Wrong:     The consumer holds the delivery unacknowledged until its rest is over, and then returns it.
// Shows as:  As many sick payments as the prefetch limit allows, and nothing moves.
// Caught in: step 3
// Says:      "before its rest was over"
package mqworkbook.retry;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.PaymentHandler;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.RetryPolicy;

/**
 * Takes payments from their queue and has each handled. One that fails is laid to rest and comes back, or is set aside;
 * it holds up no other.
 */
public final class PaymentConsumer implements AutoCloseable {

    private final ConnectionFactory broker;
    private final PaymentNames names;
    private final RetryPolicy policy;
    private final PaymentHandler handler;
    private final int prefetch;
    private final PaymentCodec codec = new PaymentCodec();

    private final ScheduledExecutorService returns = Executors.newSingleThreadScheduledExecutor();

    private Connection connection;
    private FailedPayments failed;

    /**
     * A consumer.
     *
     * @param prefetch how many payments may be here and not yet acknowledged
     */
    public PaymentConsumer(
            ConnectionFactory broker, PaymentNames names, RetryPolicy policy, PaymentHandler handler, int prefetch) {
        this.broker = broker;
        this.names = names;
        this.policy = policy;
        this.handler = handler;
        this.prefetch = prefetch;
    }

    /** Begins to consume. The queues are there. */
    public void start() throws IOException, TimeoutException {
        connection = broker.newConnection("payments");
        failed = new FailedPayments(new ConfirmedPublisher(connection, policy.confirmTimeout()), names, policy);
        Channel channel = connection.createChannel();
        // Before basicConsume: the limit holds for consumers that come after it.
        channel.basicQos(prefetch);
        channel.basicConsume(names.queue(), false, (tag, delivery) -> onDelivery(channel, delivery), tag -> {});
    }

    /** Stops; payments that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        returns.shutdownNow();
        if (connection != null) {
            connection.close();
        }
    }

    private void onDelivery(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            handler.handle(codec.read(delivery.getBody()));
        } catch (Exception failure) {
            returnLater(channel, tag);
            return;
        }
        // Last: before this line the payment is made, or in another queue.
        channel.basicAck(tag, false);
    }

    /** Back into the queue, but not at once: while the way out is broken, this would be the loop that we came to end. */
    private void returnLater(Channel channel, long tag) {
        try {
            returns.schedule(
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

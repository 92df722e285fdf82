// Mistake:   ttl-for-each-message
// Wrong:     One wait queue for all delays, and a time to live for each message: it expires at the head only.
// Shows as:  One order with a day to pay, and all orders after it are cancelled tomorrow.
// Caught in: step 3
// Says:      "waits behind one with a long wait"
package mqworkbook.delay;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.DelayPolicy;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;

/** Timeouts of any length in RabbitMQ, over a handful of wait queues. The queues are there. */
public final class RabbitMqTimeouts implements Timeouts {

    private static final int PREFETCH = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ConnectionFactory broker;
    private final DelayNames names;
    private final DelayPolicy policy;
    private final Clock clock;

    private Connection connection;
    private TimeoutConsumer consumer;

    public RabbitMqTimeouts(ConnectionFactory broker, DelayNames names, DelayPolicy policy, Clock clock) {
        this.broker = broker;
        this.names = names;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void schedule(Timeout timeout) throws IOException, TimeoutException {
        long left = Duration.between(clock.instant(), timeout.dueAt()).toMillis();
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .expiration(Long.toString(Math.max(1, left)))
                .build();
        // The queue with the longest bucket, so that the message's own time counts.
        String queue = names.waitQueue(policy.buckets().last());
        try (Channel channel = connection().createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", queue, true, properties, timeout.text().getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(policy.confirmTimeout().toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void start(TimeoutHandler handler) throws IOException, TimeoutException {
        consumer = new TimeoutConsumer(broker, names, timeout -> onWaited(timeout, handler), PREFETCH, PAUSE);
        consumer.start();
    }

    /** When this returns, the delivery is acknowledged: the timeout was handled, or is safe in its next bucket. */
    private void onWaited(Timeout timeout, TimeoutHandler handler) throws Exception {
        // The deadline decides, and not the queue that it comes from: the broker's clock is another one.
        if (clock.instant().isBefore(timeout.dueAt())) {
            schedule(timeout);
        } else {
            handler.onTimeout(timeout);
        }
    }

    @Override
    public void close() throws IOException {
        if (consumer != null) {
            consumer.close();
        }
        disconnect();
    }

    private synchronized Connection connection() throws IOException, TimeoutException {
        if (connection == null) {
            connection = broker.newConnection("timeouts, waiting");
        }
        return connection;
    }

    private synchronized void disconnect() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

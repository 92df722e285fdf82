// Alternative: one wait queue for exactly this delay, declared when it is needed, and removed by the broker when
// nobody has used it for a while. One move for each timeout; the broker has as many queues as there are different
// delays. For a handful of delays that change with the configuration.
package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.DelayPolicy;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;

/** Timeouts of any length in RabbitMQ, over a handful of wait queues. The queues are there. */
public final class RabbitMqTimeouts implements Timeouts {

    private static final int PREFETCH = 20;
    private static final long GRAIN = 20;
    private static final Duration UNUSED = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ConnectionFactory broker;
    private final DelayNames names;
    private final DelayPolicy policy;
    private final Clock clock;
    private final DelayNames own;

    private Connection connection;
    private TimeoutPublisher publisher;
    private TimeoutConsumer consumer;

    public RabbitMqTimeouts(ConnectionFactory broker, DelayNames names, DelayPolicy policy, Clock clock) {
        this.broker = broker;
        this.names = names;
        this.policy = policy;
        this.clock = clock;
        // Beside the buckets, which others may use.
        this.own = new DelayNames(names.prefix() + "on-demand.");
    }

    @Override
    public void schedule(Timeout timeout) throws IOException, TimeoutException {
        long left = Duration.between(clock.instant(), timeout.dueAt()).toMillis();
        // Rounded up, so that orders of the same moment share a queue.
        long millis = Math.max(1, (left + GRAIN - 1) / GRAIN) * GRAIN;
        declare(millis);
        publisher().send(timeout, Duration.ofMillis(millis));
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

    private synchronized void declare(long millis) throws IOException, TimeoutException {
        publisher();
        Map<String, Object> arguments = Map.of(
                "x-message-ttl",
                millis,
                "x-dead-letter-exchange",
                "",
                "x-dead-letter-routing-key",
                names.dueQueue(),
                "x-expires",
                millis + UNUSED.toMillis());
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(own.waitQueue(Duration.ofMillis(millis)), true, false, false, arguments);
        }
    }

    private synchronized TimeoutPublisher publisher() throws IOException, TimeoutException {
        if (publisher == null) {
            connection = broker.newConnection("timeouts, waiting");
            publisher = new TimeoutPublisher(connection, own, policy.confirmTimeout());
        }
        return publisher;
    }

    private synchronized void disconnect() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

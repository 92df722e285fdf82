package mqworkbook.delay;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
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
    private final Buckets buckets;

    private Connection connection;
    private TimeoutPublisher publisher;
    private TimeoutConsumer consumer;

    public RabbitMqTimeouts(ConnectionFactory broker, DelayNames names, DelayPolicy policy, Clock clock) {
        this.broker = broker;
        this.names = names;
        this.policy = policy;
        this.clock = clock;
        this.buckets = new Buckets(policy);
    }

    @Override
    public void schedule(Timeout timeout) throws IOException, TimeoutException {
        publisher().send(timeout, buckets.next(Duration.between(clock.instant(), timeout.dueAt())));
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

    private synchronized TimeoutPublisher publisher() throws IOException, TimeoutException {
        if (publisher == null) {
            connection = broker.newConnection("timeouts, waiting");
            publisher = new TimeoutPublisher(connection, names, policy.confirmTimeout());
        }
        return publisher;
    }

    private synchronized void disconnect() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

package mqworkbook.decoupling;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.Inbox;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Subscriber;
import mqworkbook.workbench.judge.Todo;

/**
 * Runs one subscriber: takes events from its queue, and lets it handle each exactly once in effect. An event that cannot
 * be handled goes to the subscriber's dead-letter queue and holds up nothing.
 */
public final class SubscriberRunner implements AutoCloseable {

    private final ConnectionFactory broker;
    private final OrderNames names;
    private final Subscriber subscriber;
    private final Inbox inbox;
    private final int prefetch;
    private final EventCodec codec = new EventCodec();

    private Connection connection;

    /**
     * A subscriber at work.
     *
     * @param prefetch how many events may be here and not yet acknowledged
     */
    public SubscriberRunner(
            ConnectionFactory broker, OrderNames names, Subscriber subscriber, Inbox inbox, int prefetch) {
        this.broker = broker;
        this.names = names;
        this.subscriber = subscriber;
        this.inbox = inbox;
        this.prefetch = prefetch;
    }

    /** Begins to consume from the subscriber's queue, which is there. */
    public void start() throws IOException, TimeoutException {
        throw new Todo(4, "Consume from the subscriber's queue, and acknowledge each event after its work is done.");
    }

    /** Stops; events that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

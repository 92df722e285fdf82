package mqworkbook.decoupling;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.decoupling.shop.PublishException;
import mqworkbook.workbench.judge.Todo;

/** Publishes order events so that the caller knows what became of each. Many threads use one publisher. */
public final class OrderPublisher implements AutoCloseable {

    private final Connection connection;
    private final OrderNames names;
    private final Duration confirmTimeout;
    private final EventCodec codec = new EventCodec();

    public OrderPublisher(ConnectionFactory broker, OrderNames names, Duration confirmTimeout)
            throws IOException, TimeoutException {
        this.connection = broker.newConnection("order publisher");
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /**
     * Publishes one event; returns when the broker has confirmed it.
     *
     * @throws PublishException with {@link Outcome#REFUSED} if no queue took the event, with {@link Outcome#UNKNOWN}
     *     if there was no answer within the confirm time-out
     */
    public void publish(OrderEvent event) {
        throw new Todo(3, "Publish the event persistently and mandatorily, and wait for the broker's confirm.");
    }

    /**
     * Publishes many events without waiting for each; returns when every one has an outcome, at most about one confirm
     * time-out after the last was sent.
     *
     * @return the outcome for each event id
     */
    public Map<String, Outcome> publishAll(List<OrderEvent> events) {
        throw new Todo(3, "Publish all the events, and match the confirms with them as they come in.");
    }

    /** Gives the connection back. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}

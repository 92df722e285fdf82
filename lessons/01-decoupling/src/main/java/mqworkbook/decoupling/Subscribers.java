package mqworkbook.decoupling;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.Inbox;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Subscriber;
import mqworkbook.workbench.judge.Todo;

/** Lets subscribers join while the shop is open. The order service hears nothing of it. */
public final class Subscribers {

    private final ConnectionFactory broker;
    private final OrderNames names;
    private final int prefetch;

    public Subscribers(ConnectionFactory broker, OrderNames names, int prefetch) {
        this.broker = broker;
        this.names = names;
        this.prefetch = prefetch;
    }

    /**
     * Brings a subscriber in. When this returns, every event published from now on will reach it, also if it leaves and
     * comes back under the same name.
     *
     * @return the running subscriber; closing it is leaving
     */
    public SubscriberRunner join(Subscriber subscriber, Inbox inbox) throws IOException, TimeoutException {
        throw new Todo(5, "Declare what the subscriber needs on the broker, then start it.");
    }
}

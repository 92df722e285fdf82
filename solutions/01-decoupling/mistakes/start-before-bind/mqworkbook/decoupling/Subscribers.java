// Mistake:   start-before-bind
// Wrong:     The bindings are made in the background, after join() has returned.
// Shows as:  The first orders after the deploy go through unseen.
// Caught in: step 5
// Says:      "misses orders"
package mqworkbook.decoupling;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.Inbox;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Subscriber;

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
        Topology topology = new Topology(names);
        try (Connection connection = broker.newConnection("join " + subscriber.name());
                Channel channel = connection.createChannel()) {
            topology.declareExchanges(channel);
            topology.declareSubscriber(channel, subscriber.name(), java.util.Set.of());
        }
        Thread later = new Thread(() -> bindLater(topology, subscriber), "binder");
        later.setDaemon(true);
        later.start();
        SubscriberRunner runner = new SubscriberRunner(broker, names, subscriber, inbox, prefetch);
        runner.start();
        return runner;
    }

    private void bindLater(Topology topology, Subscriber subscriber) {
        try (Connection connection = broker.newConnection("bind " + subscriber.name());
                Channel channel = connection.createChannel()) {
            // As slow as a broker under load.
            java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L);
            topology.declareSubscriber(channel, subscriber.name(), subscriber.bindingKeys());
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}

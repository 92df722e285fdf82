// Mistake:   queue-for-each-process
// Wrong:     Each process of a subscriber gets a queue of its own.
// Shows as:  The second instance of the fraud check doubles the work in place of halving it; after a restart its old
//            queue fills up for ever.
// Caught in: step 5
// Says:      "is lost"
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
        Subscriber process = named(subscriber, subscriber.name() + "-" + java.util.UUID.randomUUID());
        try (Connection connection = broker.newConnection("join " + subscriber.name());
                Channel channel = connection.createChannel()) {
            topology.declareExchanges(channel);
            topology.declareSubscriber(channel, process.name(), process.bindingKeys());
        }
        SubscriberRunner runner = new SubscriberRunner(broker, names, process, inbox, prefetch);
        runner.start();
        return runner;
    }

    private static Subscriber named(Subscriber subscriber, String name) {
        return new Subscriber() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public java.util.Set<String> bindingKeys() {
                return subscriber.bindingKeys();
            }

            @Override
            public void handle(mqworkbook.decoupling.shop.OrderEvent event) throws Exception {
                subscriber.handle(event);
            }
        };
    }
}

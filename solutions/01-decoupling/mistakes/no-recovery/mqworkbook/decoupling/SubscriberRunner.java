// Mistake:   no-recovery
// Wrong:     Automatic recovery is switched off, and nothing stands in for it.
// Shows as:  After a restart of the broker the shop publishes, the queues fill, and every subscriber sits there,
//            connected to nothing.
// Caught in: step 4
// Says:      "does not come back"
package mqworkbook.decoupling;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.Inbox;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Subscriber;

/**
 * Runs one subscriber: takes events from its queue, and lets it handle each exactly once in effect. An event that cannot
 * be handled goes to the subscriber's dead-letter queue and holds up nothing.
 */
public final class SubscriberRunner implements AutoCloseable {

    private static final boolean AUTO_ACK = false;

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
        ConnectionFactory plain = broker.clone();
        plain.setAutomaticRecoveryEnabled(false);
        connection = plain.newConnection("subscriber " + subscriber.name());
        Channel channel = connection.createChannel();
        // Before basicConsume: the limit holds for consumers that come after it.
        channel.basicQos(prefetch);
        channel.basicConsume(
                names.queue(subscriber.name()), AUTO_ACK, (tag, delivery) -> onDelivery(channel, delivery), tag -> {});
    }

    /** Stops; events that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }

    private void onDelivery(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            OrderEvent event = codec.read(delivery.getBody());
            inbox.once(event.eventId(), () -> subscriber.handle(event));
        } catch (Exception poison) {
            // An exception that leaves this method would close the channel, and with it the subscriber, for good.
            channel.basicReject(tag, false);
            return;
        }
        // A crash before this line delivers the event again, and the inbox knows it.
        channel.basicAck(tag, false);
    }
}

// Alternative: the broker counts: a quorum queue dead-letters a message that came back more than twice.
package mqworkbook.decoupling;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import mqworkbook.decoupling.shop.OrderNames;

/** Exchanges, queues and bindings. Everything is declared idempotently and survives a restart of the broker. */
public final class Topology {

    private static final boolean DURABLE = true;

    private final OrderNames names;

    public Topology(OrderNames names) {
        this.names = names;
    }

    /** Declares the topic exchange for events and the exchange for dead letters. */
    public void declareExchanges(Channel channel) throws IOException {
        channel.exchangeDeclare(names.exchange(), BuiltinExchangeType.TOPIC, DURABLE);
        channel.exchangeDeclare(names.deadLetterExchange(), BuiltinExchangeType.DIRECT, DURABLE);
    }

    /**
     * Declares one subscriber's queue with its bindings, and its dead-letter queue: what this subscriber rejects ends
     * there, and nothing else does.
     */
    public void declareSubscriber(Channel channel, String subscriber, Set<String> bindingKeys) throws IOException {
        // The way out comes first: a rejected message whose dead-letter exchange leads nowhere is dropped silently.
        declareDurable(channel, names.deadLetterQueue(subscriber), Map.of("x-queue-type", "quorum"));
        channel.queueBind(names.deadLetterQueue(subscriber), names.deadLetterExchange(), subscriber);

        declareDurable(
                channel,
                names.queue(subscriber),
                Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-dead-letter-exchange",
                        names.deadLetterExchange(),
                        // The event's own routing key would lead to every subscriber's dead-letter queue.
                        "x-dead-letter-routing-key",
                        subscriber,
                        "x-delivery-limit",
                        2));
        for (String key : bindingKeys) {
            channel.queueBind(names.queue(subscriber), names.exchange(), key);
        }
    }

    private static void declareDurable(Channel channel, String queue, Map<String, Object> arguments)
            throws IOException {
        channel.queueDeclare(queue, DURABLE, false, false, arguments);
    }
}

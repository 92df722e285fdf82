package mqworkbook.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mqworkbook.workbench.rabbitmq.RabbitMqClient;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireMessage;

/** What of interest went over the wires of a desk's clients: deliveries, and the queues that were declared. */
final class Wire {

    private final List<WireMessage> deliveries = new ArrayList<>();
    private final Set<String> queues = new TreeSet<>();

    /** Watches a client. Before any other rule, for the first that acts on a message ends the asking. */
    void watch(RabbitMqClient client) {
        client.relay().on(Direction.TO_CLIENT, this::seen).drop();
        client.relay().on(Direction.TO_BROKER, this::seen).drop();
    }

    /** The deliveries of the message with that id, in order. */
    synchronized List<WireMessage> deliveries(String messageId) {
        return deliveries.stream()
                .filter(message -> message.field("message-id").equals(messageId))
                .toList();
    }

    /** How many messages were delivered in all. */
    synchronized int count() {
        return deliveries.size();
    }

    /** The queues that were declared. */
    synchronized Set<String> queues() {
        return new TreeSet<>(queues);
    }

    static Object header(WireMessage message, String name) {
        return message.fields().get("headers") instanceof Map<?, ?> headers ? headers.get(name) : null;
    }

    // Never true: the rule only looks.
    private synchronized boolean seen(WireMessage message) {
        if (message.is("basic.deliver") || message.is("basic.get-ok")) {
            deliveries.add(message);
        } else if (message.is("queue.declare")) {
            queues.add(message.field("queue"));
        }
        return false;
    }
}

package mqworkbook.decoupling;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Set;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.workbench.judge.Todo;

/** Exchanges, queues and bindings. Everything is declared idempotently and survives a restart of the broker. */
public final class Topology {

    private final OrderNames names;

    public Topology(OrderNames names) {
        this.names = names;
    }

    /** Declares the topic exchange for events and the exchange for dead letters. */
    public void declareExchanges(Channel channel) throws IOException {
        throw new Todo(2, "Declare the topic exchange for order events and the exchange for dead letters.");
    }

    /**
     * Declares one subscriber's queue with its bindings, and its dead-letter queue: what this subscriber rejects ends
     * there, and nothing else does.
     */
    public void declareSubscriber(Channel channel, String subscriber, Set<String> bindingKeys) throws IOException {
        throw new Todo(2, "Declare the subscriber's own queue, its bindings and its dead-letter queue.");
    }
}

package mqworkbook.workbench.rabbitmq;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.history.Histories;
import mqworkbook.workbench.history.History;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.amqp.AmqpProtocol;

/**
 * What one test sees of RabbitMQ: a client for each actor, each behind a relay of its own, names that no other test
 * uses, and one history of it all. Closing it cuts every client off and removes what was declared.
 */
public final class RabbitMqFixture implements AutoCloseable {

    private final Broker broker;
    private final String prefix = "mqw-" + UUID.randomUUID().toString().substring(0, 8) + ".";
    private final History history = new History();
    private final Map<String, RabbitMqClient> clients = new ConcurrentHashMap<>();
    private final Set<String> declaredQueues = ConcurrentHashMap.newKeySet();
    private final Set<String> declaredExchanges = ConcurrentHashMap.newKeySet();
    private final Deliveries deliveries = new Deliveries();
    private volatile QueueProbe queues;

    private RabbitMqFixture(Broker broker) {
        this.broker = broker;
    }

    /** A fixture on a broker that runs. */
    public static RabbitMqFixture open(Broker broker) {
        return new RabbitMqFixture(broker);
    }

    /** Put before each name that the test's code declares. */
    public String prefix() {
        return prefix;
    }

    /** What happened, in order. */
    public History history() {
        return history;
    }

    /** The broker itself, for its capabilities. */
    public Broker broker() {
        return broker;
    }

    /** The client of one actor, made on first use. */
    public RabbitMqClient client(String actor) {
        return clients.computeIfAbsent(
                actor,
                name -> new RabbitMqClient(
                        name,
                        Relay.open(name, broker.endpoint()::address, new AmqpProtocol(), this::onWire),
                        broker.endpoint()));
    }

    /** How many messages the broker has delivered to this actor's consumers. */
    public int delivered(String actor) {
        return deliveries.delivered(actor);
    }

    /** How many deliveries this actor has acknowledged or rejected, as far as the broker has been told. */
    public int settled(String actor) {
        return deliveries.settled(actor);
    }

    /** Looks at queues from the outside, without a relay. */
    public synchronized QueueProbe queues() {
        if (queues == null) {
            queues = new QueueProbe(broker.endpoint(), declaredQueues);
        }
        return queues;
    }

    /**
     * Stops and starts the broker; the clients' addresses stay, durable data too. Returns when the broker takes
     * connections again.
     */
    public synchronized void restartBroker() {
        String witness = prefix + "judge.witness";
        queues().declare(witness, Map.of("x-queue-type", "quorum"));
        // Confirmed once, so that its log is on disk: RabbitMQ 3.10 elects no leader for an empty one.
        queues().publish("", witness, new byte[0]);
        history.fault("broker restarts");
        clients.values().forEach(client -> client.relay().refuse());
        queues.close();
        queues = null;
        broker.restart();
        // A quorum queue without a leader keeps a consumer waiting for 5 s (RabbitMQ 3.10), so one is seen to lead
        // first.
        queues().publish("", witness, new byte[0]);
        clients.values().forEach(client -> client.relay().heal());
        history.fault("broker is back");
    }

    /** Cuts every client off, and removes queues and exchanges that were declared through them. */
    @Override
    public synchronized void close() {
        clients.values().forEach(RabbitMqClient::close);
        Histories.keep(prefix, history);
        try {
            queues().remove(declaredQueues, declaredExchanges);
        } finally {
            queues.close();
            queues = null;
        }
    }

    private void onWire(WireEvent event) {
        history.wire(event.relay(), event.toString());
        if (!(event instanceof WireEvent.Passage passage) || passage.disposition() != WireEvent.Disposition.PASSED) {
            return;
        }
        deliveries.passed(passage);
        WireMessage message = passage.message();
        if (message.is("queue.declare")) {
            declaredQueues.add(message.field("queue"));
        } else if (message.is("exchange.declare")) {
            declaredExchanges.add(message.field("exchange"));
        }
    }
}

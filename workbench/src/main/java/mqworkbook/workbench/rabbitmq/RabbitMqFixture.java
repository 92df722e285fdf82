package mqworkbook.workbench.rabbitmq;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.fixture.BrokerFixture;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.amqp.AmqpProtocol;

/** What one test sees of RabbitMQ. Queues and exchanges that were declared through its clients are removed with it. */
public final class RabbitMqFixture extends BrokerFixture<RabbitMqClient> {

    private final Set<String> declaredQueues = ConcurrentHashMap.newKeySet();
    private final Set<String> declaredExchanges = ConcurrentHashMap.newKeySet();
    private final Deliveries deliveries = new Deliveries();
    private volatile QueueProbe queues;

    private RabbitMqFixture(Broker broker) {
        super(broker, new AmqpProtocol(), ".");
    }

    /** A fixture on a broker that runs. */
    public static RabbitMqFixture open(Broker broker) {
        return new RabbitMqFixture(broker);
    }

    @Override
    protected RabbitMqClient newClient(String actor, Relay relay) {
        return new RabbitMqClient(actor, relay, broker().endpoint());
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
            queues = new QueueProbe(broker().endpoint(), declaredQueues);
        }
        return queues;
    }

    @Override
    protected void restart() {
        String witness = prefix() + "judge.witness";
        queues().declare(witness, Map.of("x-queue-type", "quorum"));
        // Confirmed once, so that its log is on disk: RabbitMQ 3.10 elects no leader for an empty one.
        queues().publish("", witness, new byte[0]);
        closeProbe();
        broker().restart();
        // A quorum queue without a leader keeps a consumer waiting for 5 s (RabbitMQ 3.10), so one is seen to lead
        // first.
        queues().publish("", witness, new byte[0]);
    }

    @Override
    protected void cleanUp() {
        try {
            queues().remove(declaredQueues, declaredExchanges);
        } finally {
            closeProbe();
        }
    }

    private synchronized void closeProbe() {
        if (queues != null) {
            queues.close();
            queues = null;
        }
    }

    @Override
    protected void passed(WireEvent.Passage passage) {
        deliveries.passed(passage);
        WireMessage message = passage.message();
        if (message.is("queue.declare")) {
            declaredQueues.add(message.field("queue"));
        } else if (message.is("exchange.declare")) {
            declaredExchanges.add(message.field("exchange"));
        }
    }
}

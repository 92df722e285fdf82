package mqworkbook.workbench.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.fixture.ActorClient;
import mqworkbook.workbench.wire.Relay;

/** One actor's way to RabbitMQ: a relay that can be disturbed, and a connection factory that leads through it. */
public final class RabbitMqClient extends ActorClient {

    private final WatchedConnectionFactory factory;

    RabbitMqClient(String actor, Relay relay, Endpoint broker) {
        super(actor, relay);
        this.factory = new WatchedConnectionFactory(actor);
        factory.setHost(relay.address().getHostString());
        factory.setPort(relay.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        // The client's default is 5 s; a lesson does not wait that long.
        factory.setNetworkRecoveryInterval(100);
        factory.setConnectionTimeout(5_000);
        // The client grants half of it to the broker's first answer, which a busy machine may need.
        factory.setHandshakeTimeout(12_000);
        factory.setChannelRpcTimeout(12_000);
        factory.setShutdownTimeout(2_000);
    }

    /** What the learner's code connects with. */
    public ConnectionFactory factory() {
        return factory;
    }

    /** Makes threads that share a channel for publishing meet in it, where they otherwise would by bad luck. */
    public void provokeRaces() {
        factory.provokeRaces();
    }

    @Override
    public void die() {
        super.die();
        factory.abortAll();
    }

    @Override
    public void close() {
        factory.abortAll();
        super.close();
    }
}

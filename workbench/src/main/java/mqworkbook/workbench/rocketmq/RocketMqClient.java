package mqworkbook.workbench.rocketmq;

import java.util.Optional;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.rocketmq.ClientTimes;
import mqworkbook.workbench.brokers.rocketmq.RocketMqLogin;
import mqworkbook.workbench.fixture.ActorClient;
import mqworkbook.workbench.wire.Relay;
import org.apache.rocketmq.remoting.RPCHook;

/** One actor's way to RocketMQ: a relay that can be disturbed, and the name server's address that leads through it. */
public final class RocketMqClient extends ActorClient {

    private final Endpoint broker;

    RocketMqClient(String actor, Relay relay, Endpoint broker) {
        super(actor, relay);
        this.broker = broker;
        // Where no test launcher has done it: a payoff runs without one.
        ClientTimes.shorten();
    }

    /** What producers and consumers are given: {@code 127.0.0.1:PORT}. Brokers are reached through the relay too. */
    public String nameServer() {
        return relay().address().getHostString() + ":" + relay().port();
    }

    /** Signs requests for a broker that asks for a user; empty elsewhere. */
    public Optional<RPCHook> login() {
        return RocketMqLogin.hook(broker);
    }
}

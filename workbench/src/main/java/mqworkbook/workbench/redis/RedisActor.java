package mqworkbook.workbench.redis;

import io.lettuce.core.RedisClient;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.fixture.ActorClient;
import mqworkbook.workbench.wire.Relay;

/** One actor's way to Redis: a relay that can be disturbed, and a Lettuce client that goes through it. */
public final class RedisActor extends ActorClient {

    private final RedisClient lettuce;

    RedisActor(String actor, Relay relay, Endpoint broker) {
        super(actor, relay);
        lettuce = LettuceClients.open(relay.address(), broker, actor);
    }

    /** What the learner's code connects with; ended with the fixture. */
    public RedisClient lettuce() {
        return lettuce;
    }

    @Override
    public void close() {
        LettuceClients.close(lettuce);
        super.close();
    }
}

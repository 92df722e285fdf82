package mqworkbook.workbench.redis;

import io.lettuce.core.RedisClient;
import java.time.Duration;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.fixture.ActorClient;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.Relay;

/** One actor's way to Redis: a relay that can be disturbed, and a Lettuce client that goes through it. */
public final class RedisActor extends ActorClient {

    private static final Duration STUCK = Duration.ofSeconds(1);

    private final WatchedRedisClient lettuce;

    /** @param name how Redis knows the actor's connections */
    RedisActor(String actor, Relay relay, Endpoint broker, String name) {
        super(actor, relay);
        lettuce = LettuceClients.open(relay.address(), broker, name);
    }

    /** What the learner's code connects with; ended with the fixture. It has a single I/O thread. */
    public RedisClient lettuce() {
        return lettuce;
    }

    /**
     * To be called while a test waits for something: throws once the learner's code has kept the client's I/O thread
     * waiting for a second, for then nothing arrives.
     */
    public void expectFreeIoThread() {
        lettuce.io().stuckAt(STUCK).ifPresent(line -> {
            throw Wrong.that(actor() + " waits on Lettuce's I/O thread, on which everything arrives")
                    .seen("since a second and longer at " + line)
                    .means("No message and no reply is read meanwhile, on any connection of this thread: what it waits"
                            + " for cannot come before the time-out.")
                    .suspect("a synchronous command, a future's get(), or slow work in a pub/sub listener");
        });
    }

    @Override
    public void close() {
        LettuceClients.close(lettuce);
        super.close();
    }
}

package mqworkbook.workbench.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.fixture.BrokerFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.redis.RespProtocol;

/** What one test sees of Redis. Keys that begin with its prefix are removed with it. */
public final class RedisFixture extends BrokerFixture<RedisActor> {

    private static final int SCAN = 1_000;

    private final Map<String, LongAdder> bytesRead = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> commands = new ConcurrentHashMap<>();
    private WatchedRedisClient judge;
    private StatefulRedisConnection<String, String> connection;

    private RedisFixture(Broker broker) {
        super(broker, new RespProtocol(), ".");
    }

    /** A fixture on a broker that runs. */
    public static RedisFixture open(Broker broker) {
        return new RedisFixture(broker);
    }

    /**
     * Uses the client once before the first step, which is not to pay for a second of loading it. Whether Redis answers is
     * for the steps to tell.
     */
    public static void loadClient(Broker broker) {
        try (RedisFixture redis = open(broker)) {
            RedisClient client = redis.client("nobody").lettuce();
            client.connect().sync().ping();
            client.connectPubSub().sync().ping();
        } catch (RedisException slow) {
            // It is loaded all the same.
        }
    }

    @Override
    protected RedisActor newClient(String actor, Relay relay) {
        return new RedisActor(actor, relay, broker().endpoint(), clientName(actor));
    }

    private String clientName(String actor) {
        return LettuceClients.clientName(prefix() + actor);
    }

    /**
     * Redis closes this actor's connections, in good order. Lettuce then sends again what was not answered; after a
     * relay's cut, which is a reset, it fails the first command that was on its way (7.7, CommandHandler).
     */
    public void killConnections(String actor) {
        history().fault("Redis closes the connections of " + actor);
        String name = " name=" + clientName(actor) + " ";
        data().clientList()
                .lines()
                .filter(client -> client.contains(name))
                .map(client -> Long.valueOf(client.substring("id=".length(), client.indexOf(' '))))
                .forEach(id -> data().clientKill(KillArgs.Builder.id(id)));
    }

    /** The judge's own look at the data, past every relay. */
    public synchronized RedisCommands<String, String> data() {
        if (connection == null) {
            judge = LettuceClients.open(broker().endpoint().address(), broker().endpoint(), "judge");
            connection = judge.connect();
        }
        return connection.sync();
    }

    /** How many bytes Redis has sent to this actor. */
    public long bytesRead(String actor) {
        return sum(bytesRead, actor);
    }

    /** How many commands this actor has sent to Redis, those of its connections' beginnings too. */
    public long commands(String actor) {
        return sum(commands, actor);
    }

    @Override
    protected void passed(WireEvent.Passage passage) {
        if (passage.message().direction() == Direction.TO_BROKER) {
            commands.computeIfAbsent(passage.relay(), actor -> new LongAdder()).increment();
        } else if (passage.message().fields().get("size") instanceof Long size) {
            bytesRead.computeIfAbsent(passage.relay(), actor -> new LongAdder()).add(size);
        }
    }

    private static long sum(Map<String, LongAdder> counts, String actor) {
        LongAdder count = counts.get(actor);
        return count == null ? 0 : count.sum();
    }

    @Override
    protected synchronized void restart() {
        closeJudge();
        broker().restart();
    }

    @Override
    protected synchronized void cleanUp() {
        ScanArgs ours = ScanArgs.Builder.matches(prefix() + "*").limit(SCAN);
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            KeyScanCursor<String> found = data().scan(cursor, ours);
            if (!found.getKeys().isEmpty()) {
                data().unlink(found.getKeys().toArray(String[]::new));
            }
            cursor = found;
        }
        closeJudge();
    }

    private void closeJudge() {
        if (judge != null) {
            LettuceClients.close(judge);
            judge = null;
            connection = null;
        }
    }
}

package mqworkbook.workbench.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.fixture.BrokerFixture;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.redis.RespProtocol;

/** What one test sees of Redis. Keys that begin with its prefix are removed with it. */
public final class RedisFixture extends BrokerFixture<RedisActor> {

    private static final int SCAN = 1_000;

    private RedisClient judge;
    private StatefulRedisConnection<String, String> connection;

    private RedisFixture(Broker broker) {
        super(broker, new RespProtocol(), ".");
    }

    /** A fixture on a broker that runs. */
    public static RedisFixture open(Broker broker) {
        return new RedisFixture(broker);
    }

    @Override
    protected RedisActor newClient(String actor, Relay relay) {
        return new RedisActor(actor, relay, broker().endpoint());
    }

    /** The judge's own look at the data, past every relay. */
    public synchronized RedisCommands<String, String> data() {
        if (connection == null) {
            judge = LettuceClients.open(broker().endpoint().address(), broker().endpoint(), "judge");
            connection = judge.connect();
        }
        return connection.sync();
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

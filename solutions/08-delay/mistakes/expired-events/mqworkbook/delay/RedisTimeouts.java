// Mistake:   expired-events
// Wrong:     A key expires, and Redis publishes that: to those who are listening in that moment.
// Shows as:  Each deploy leaves some orders unpaid for ever, and after a failover it is all of them.
// Caught in: step 5
// Says:      "due while no process ran"
package mqworkbook.delay;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;

/** Timeouts as keys that expire. */
public final class RedisTimeouts implements Timeouts {

    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final StatefulRedisConnection<String, String> connection;
    private final StatefulRedisPubSubConnection<String, String> events;
    private final String prefix;
    private final Clock clock;
    private final Duration pollInterval;

    public RedisTimeouts(RedisClient redis, DelayNames names, Clock clock, Duration lease, Duration pollInterval) {
        this.connection = redis.connect();
        this.events = redis.connectPubSub();
        this.prefix = names.waitingKey() + ":";
        this.clock = clock;
        this.pollInterval = pollInterval;
    }

    @Override
    public void schedule(Timeout timeout) {
        expire(timeout, Duration.between(clock.instant(), timeout.dueAt()));
    }

    private void expire(Timeout timeout, Duration left) {
        connection.sync().set(prefix + timeout.text(), "", SetArgs.Builder.px(Math.max(1, left.toMillis() + 1)));
    }

    @Override
    public void start(TimeoutHandler handler) {
        connection.sync().configSet("notify-keyspace-events", "Ex");
        events.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String pattern, String channel, String key) {
                if (key.startsWith(prefix)) {
                    worker.execute(() -> handOver(Timeout.parse(key.substring(prefix.length())), handler));
                }
            }
        });
        events.sync().psubscribe("__keyevent@*__:expired");
    }

    private void handOver(Timeout timeout, TimeoutHandler handler) {
        try {
            handler.onTimeout(timeout);
        } catch (Exception failure) {
            expire(timeout, pollInterval);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        events.close();
        connection.close();
    }
}

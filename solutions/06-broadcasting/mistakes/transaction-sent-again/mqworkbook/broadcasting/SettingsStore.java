// Mistake:   transaction-sent-again
// Wrong:     A watched transaction, on a connection that reconnects by itself: Lettuce sends MULTI to EXEC again, and
//            not WATCH.
// Shows as:  The reply is lost with the connection; what others changed since is overwritten by the second copy.
// Caught in: step 1
// Says:      "made twice, and undid a newer one"
package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Map;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;

/** Where settings are changed. Many threads use one store, and many processes change the same settings. */
public final class SettingsStore implements AutoCloseable {

    private final StatefulRedisConnection<String, String> connection;
    private final ConfigNames names;
    private final Duration remembered;
    private final int logLength;

    /**
     * A store.
     *
     * @param remembered how long it is known which changes were made, by their ids
     * @param logLength how many changes the log keeps, about; of no interest before step 7
     */
    public SettingsStore(RedisClient redis, ConfigNames names, Duration remembered, int logLength) {
        this.connection = redis.connect();
        this.names = names;
        this.remembered = remembered;
        this.logLength = logLength;
    }

    /**
     * Gives a setting a value: stores it under the next version and tells every node, both or neither.
     *
     * @param changeId of the caller's choice, unique for each change; a change that is made again under the same id has
     *     no further effect
     * @return the change as it was made, with its version
     */
    public Change put(String changeId, String key, String value) {
        return change(changeId, key, key + "=" + value);
    }

    /** Removes a setting, which is a change like any other: what stays is its tombstone. */
    public Change remove(String changeId, String key) {
        return change(changeId, key, key);
    }

    private synchronized Change change(String changeId, String key, String entry) {
        RedisCommands<String, String> redis = connection.sync();
        while (true) {
            // Whoever changes one of these before EXEC makes it fail.
            redis.watch(names.version(), names.done(changeId));
            String done = redis.get(names.done(changeId));
            if (done != null) {
                redis.unwatch();
                return Change.parse(done);
            }
            String last = redis.get(names.version());
            long version = last == null ? 1 : Long.parseLong(last) + 1;
            String change = version + ":" + entry;
            redis.multi();
            redis.set(names.version(), Long.toString(version));
            redis.hset(names.values(), key, change);
            redis.set(names.done(changeId), change, SetArgs.Builder.px(remembered));
            redis.xadd(
                    names.log(),
                    XAddArgs.Builder.maxlen(logLength).approximateTrimming().id(version + "-0"),
                    Map.of(ConfigNames.FIELD, change));
            redis.publish(names.changes(), change);
            if (!redis.exec().wasDiscarded()) {
                return Change.parse(change);
            }
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

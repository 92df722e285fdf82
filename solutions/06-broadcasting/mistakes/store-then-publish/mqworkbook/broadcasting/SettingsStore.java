// Mistake:   store-then-publish
// Wrong:     Stored and published in two commands, with everything in between that can happen in between.
// Shows as:  A user is blocked in the database, and goes on through every node: the process died before it told them.
// Caught in: step 1
// Says:      "no node was told"
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

    private Change change(String changeId, String key, String entry) {
        RedisCommands<String, String> redis = connection.sync();
        String done = redis.get(names.done(changeId));
        if (done != null) {
            return Change.parse(done);
        }
        long version = redis.incr(names.version());
        String change = version + ":" + entry;
        redis.hset(names.values(), key, change);
        redis.publish(names.changes(), change);
        redis.set(names.done(changeId), change, SetArgs.Builder.px(remembered));
        redis.xadd(
                names.log(),
                XAddArgs.Builder.maxlen(logLength).approximateTrimming().id(version + "-0"),
                Map.of(ConfigNames.FIELD, change));
        return Change.parse(change);
    }

    @Override
    public void close() {
        connection.close();
    }
}

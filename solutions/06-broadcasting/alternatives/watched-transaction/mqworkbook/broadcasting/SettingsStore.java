// Alternative: an optimistic transaction (WATCH, MULTI, EXEC) in place of a script, for teams that want no Lua.
// Each change has a connection of its own, which does not reconnect: more round trips, and tries again when
// others were quicker.
package mqworkbook.broadcasting;

import io.lettuce.core.ClientOptions;
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

    private final RedisClient client;
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
        this.client = redis;
        // Nothing is sent a second time: Lettuce would send MULTI to EXEC again, and not WATCH.
        redis.setOptions(ClientOptions.builder().autoReconnect(false).build());
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
        // A transaction belongs to a connection, and so do the changes that it waits for.
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            Change made = null;
            while (made == null) {
                made = tryToChange(connection.sync(), changeId, key, entry);
            }
            return made;
        }
    }

    /** Null when somebody else was quicker. */
    private Change tryToChange(RedisCommands<String, String> redis, String changeId, String key, String entry) {
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
        return redis.exec().wasDiscarded() ? null : Change.parse(change);
    }

    @Override
    public void close() {
        // Each change has had a connection of its own.
    }
}

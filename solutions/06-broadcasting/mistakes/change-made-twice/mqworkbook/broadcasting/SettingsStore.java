// Mistake:   change-made-twice
// Wrong:     Nothing remembers which changes were made. Lettuce sends a command again whose reply it did not get, and
//            so does a caller.
// Shows as:  A feature is switched off, and a minute later on again, by nobody.
// Caught in: step 1
// Says:      "made twice, and undid a newer one"
package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;

/** Where settings are changed. Many threads use one store, and many processes change the same settings. */
public final class SettingsStore implements AutoCloseable {

    // Redis runs a script as one step: nobody sees the half of it. The first line makes it safe to run twice, which
    // Lettuce does by itself: a command whose reply was lost with the connection is sent again after reconnecting.
    private static final String CHANGE = """
            local version = string.format('%.0f', redis.call('INCR', KEYS[2]))
            local change = version .. ':' .. ARGV[2]
            redis.call('HSET', KEYS[1], ARGV[1], change)
            redis.call('SET', KEYS[3], change, 'PX', ARGV[3])
            redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[4], version .. '-0', ARGV[6], change)
            redis.call('PUBLISH', ARGV[5], change)
            return change
            """;

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
        String[] keys = {names.values(), names.version(), names.done(changeId), names.log()};
        String made = connection
                .sync()
                .eval(
                        CHANGE,
                        ScriptOutputType.VALUE,
                        keys,
                        key,
                        entry,
                        Long.toString(remembered.toMillis()),
                        Integer.toString(logLength),
                        names.changes(),
                        ConfigNames.FIELD);
        return Change.parse(made);
    }

    @Override
    public void close() {
        connection.close();
    }
}

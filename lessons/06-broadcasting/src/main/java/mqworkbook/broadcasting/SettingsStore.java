package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.workbench.judge.Todo;

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
        throw new Todo(1, "Store, version and publish the new value in one atomic step.");
    }

    /** Removes a setting, which is a change like any other: what stays is its tombstone. */
    public Change remove(String changeId, String key) {
        throw new Todo(1, "Store, version and publish the removal in one atomic step.");
    }

    @Override
    public void close() {
        connection.close();
    }
}

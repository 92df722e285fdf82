package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.workbench.judge.Todo;

/** A node that reads changes from a log, in place of hearing them. */
public final class StreamNode implements AutoCloseable {

    private final ConfigNames names;
    private final Duration block;
    private final Alarm alarm;
    private final LocalSettings settings = new LocalSettings();
    private final StatefulRedisConnection<String, String> connection;

    /**
     * Connects, and reads nothing yet.
     *
     * @param block how long one read waits for the next change; shorter than the client's time-out for commands
     */
    public StreamNode(RedisClient redis, ConfigNames names, Duration block, Alarm alarm) {
        this.names = names;
        this.block = block;
        this.alarm = alarm;
        this.connection = redis.connect();
    }

    /** What this node goes by. */
    public LocalSettings settings() {
        return settings;
    }

    /** Reads what is stored; when this returns, the node holds every setting, and follows the log from there. */
    public void start() {
        throw new Todo(7, "Read the store, then follow the log from the store's version on.");
    }

    /** Leaves; nothing stays connected. */
    @Override
    public void close() {
        connection.close();
    }
}

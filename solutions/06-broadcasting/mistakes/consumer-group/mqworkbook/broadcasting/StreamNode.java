// Mistake:   consumer-group
// Wrong:     All nodes read as one consumer group, which shares out the entries: each goes to one of them.
// Shows as:  It looks like work done by a team. The change reaches one node, and which one is a matter of luck.
// Caught in: step 7
// Says:      "misses a change that is in the log"
package mqworkbook.broadcasting;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.broadcasting.config.InvalidChangeException;

/** A node that reads changes from a log, in place of hearing them. */
public final class StreamNode implements AutoCloseable {

    private static final int BATCH = 500;

    private final ConfigNames names;
    private final Duration block;
    private final Alarm alarm;
    private final LocalSettings settings = new LocalSettings();
    private final StatefulRedisConnection<String, String> connection;

    // Used by one thread at a time: first by start(), then by the reader.
    private long position;
    private volatile boolean closed;

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
        // Here the snapshot comes first. Its newest version is a position in the log, so nothing falls in between.
        snapshot();
        try {
            connection
                    .sync()
                    .xgroupCreate(
                            XReadArgs.StreamOffset.from(names.log(), position + "-0"),
                            "nodes",
                            XGroupCreateArgs.Builder.mkstream());
        } catch (RedisBusyException e) {
            // Another node was first.
        }
        Thread reader = new Thread(this::follow, "settings log reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void follow() {
        while (!closed) {
            try {
                read();
            } catch (RuntimeException e) {
                if (!closed) {
                    alarm.raise("The log cannot be read; trying again", e);
                    LockSupport.parkNanos(block.toNanos());
                }
            }
        }
    }

    private void read() {
        XReadArgs waiting = XReadArgs.Builder.block(block).count(BATCH);
        waiting.noack(true);
        XReadArgs.StreamOffset<String> from = XReadArgs.StreamOffset.lastConsumed(names.log());
        Consumer<String> me = Consumer.from("nodes", UUID.randomUUID().toString());
        for (StreamMessage<String, String> entry : connection.sync().xreadgroup(me, waiting, from)) {
            long version = Long.parseLong(entry.getId().split("-")[0]);
            if (version > position + 1 && position < 0) {
                // The log was cut off behind the position: this node was away for longer than the log reaches back.
                snapshot();
            }
            apply(String.valueOf(entry.getBody().get(ConfigNames.FIELD)));
            position = Math.max(position, version);
        }
    }

    private void snapshot() {
        List<String> entries = connection.sync().hvals(names.values());
        entries.forEach(this::apply);
    }

    private void apply(String text) {
        try {
            Change change = Change.parse(text);
            settings.apply(change);
            position = Math.max(position, change.version());
        } catch (InvalidChangeException e) {
            alarm.raise("Not a change, in the log or in the store", e);
        }
    }

    /** Leaves; nothing stays connected. */
    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}

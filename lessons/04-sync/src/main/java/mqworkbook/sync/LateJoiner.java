package mqworkbook.sync;

import javax.sql.DataSource;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.UserSnapshot;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;

/** A new service gets a replica: from a snapshot, and from then on from the stream, without a gap or a step back. */
public final class LateJoiner implements AutoCloseable {

    private final DefaultLitePullConsumer consumer;
    private final SyncNames names;
    private final UserSnapshot snapshot;
    private final DataSource database;
    private final EventHandler handler;

    /**
     * A late joiner.
     *
     * @param consumer knows the broker and its group, and nothing else; not started
     * @param database has the table {@code replica}
     * @param handler what becomes of an event
     */
    public LateJoiner(
            DefaultLitePullConsumer consumer,
            SyncNames names,
            UserSnapshot snapshot,
            DataSource database,
            EventHandler handler) {
        this.consumer = consumer;
        this.names = names;
        this.snapshot = snapshot;
        this.database = database;
        this.handler = handler;
    }

    /**
     * Joins: returns when the snapshot is in the table and the stream is followed. Events that were in the topic before
     * are not read: that would take a day. What the handler cannot handle is tried again.
     */
    public void start() throws Exception {
        throw new Todo(5, "Fix the position in the stream, load the snapshot into the table, and follow the stream.");
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}

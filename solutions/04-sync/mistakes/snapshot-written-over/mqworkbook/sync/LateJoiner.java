// Mistake:   snapshot-written-over
// Wrong:     The stream is followed at once, and the snapshot, when it arrives, is written over what is there.
// Shows as:  Users who moved while the new service was starting are back at their old address.
// Caught in: step 5
// Says:      "while the snapshot was on its way"
package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.InvalidEventException;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserSnapshot;
import mqworkbook.sync.user.UserState;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** A new service gets a replica: from a snapshot, and from then on from the stream, without a gap or a step back. */
public final class LateJoiner implements AutoCloseable {

    private static final long POLL_MILLIS = 200;
    private static final long PAUSE_NANOS = 100_000_000;

    private final DefaultLitePullConsumer consumer;
    private final SyncNames names;
    private final UserSnapshot snapshot;
    private final DataSource database;
    private final EventHandler handler;

    private volatile boolean closed;

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
        // Each start joins anew, so nothing has to be remembered.
        consumer.setAutoCommit(false);
        consumer.start();
        goToTheEnd();
        Thread follower = new Thread(this::follow, "late joiner");
        follower.setDaemon(true);
        follower.start();
        put(snapshot.load());
    }

    private void goToTheEnd() throws MQClientException {
        Collection<MessageQueue> queues = consumer.fetchMessageQueues(names.users());
        consumer.assign(queues);
        for (MessageQueue queue : queues) {
            consumer.seekToEnd(queue);
        }
    }

    /** With the removed: an old copy of an event of theirs may come later. */
    private void put(List<UserState> states) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (UserState state : states) {
                write(connection, state);
            }
            connection.commit();
        }
    }

    private static void write(Connection connection, UserState state) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(
                "MERGE INTO replica (user_id, name, address, version, deleted) VALUES (?, ?, ?, ?, ?)")) {
            merge.setString(1, state.userId());
            merge.setString(2, state.name());
            merge.setString(3, state.address());
            merge.setLong(4, state.version());
            merge.setBoolean(5, state.deleted());
            merge.executeUpdate();
        }
    }

    private void follow() {
        while (!closed) {
            consumer.poll(POLL_MILLIS).forEach(this::handle);
        }
    }

    private void handle(MessageExt message) {
        UserEvent event;
        try {
            event = UserEvent.parse(new String(message.getBody(), StandardCharsets.UTF_8));
        } catch (InvalidEventException e) {
            // It will never be one.
            return;
        }
        while (!closed) {
            try {
                handler.handle(event);
                return;
            } catch (Exception e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.shutdown();
    }
}

// Mistake:   exception-means-rollback
// Wrong:     Whatever goes wrong in the local transaction is reported as a rollback.
// Shows as:  When the answer to a commit is lost, the change is made, and its event is thrown away.
// Caught in: step 6
// Says:      "nobody ever sees its event"; "its answer was lost"
package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.UUID;
import javax.sql.DataSource;
import mqworkbook.sync.user.InvalidEventException;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Owns the users, and has no outbox: RocketMQ keeps the event back until the change is committed, and asks in doubt. */
public final class TransactionalUserService implements TransactionListener {

    private final DataSource database;
    private final TransactionMQProducer producer;
    private final SyncNames names;

    /**
     * A user service.
     *
     * @param producer knows the broker and its group, and nothing else; not started
     */
    public TransactionalUserService(DataSource database, TransactionMQProducer producer, SyncNames names) {
        this.database = database;
        this.producer = producer;
        this.names = names;
    }

    /** To be called before all else; from then on the broker may ask, also about what a process before this one did. */
    public void start() throws MQClientException {
        producer.setTransactionListener(this);
        producer.start();
    }

    /**
     * Registers or changes a user. When it returns, the change is committed, and its event will be seen.
     *
     * @throws SQLException if it is not made, or nobody can tell; where it was made, its event will be seen all the same
     */
    public void save(User user) throws SQLException, MQClientException {
        // The event is sent before the change is made, so its version is a promise.
        UserEvent event = promise(user);
        Message message =
                new Message(names.users(), "", event.eventId(), event.text().getBytes(StandardCharsets.UTF_8));
        switch (producer.sendMessageInTransaction(message, event).getLocalTransactionState()) {
            case COMMIT_MESSAGE -> {}
            case UNKNOW -> throw new SQLException("in doubt: " + event.text());
            case ROLLBACK_MESSAGE -> throw new SQLException("not saved: " + event.text());
        }
    }

    private UserEvent promise(User user) throws SQLException {
        try (Connection connection = database.getConnection()) {
            long version = version(connection, user.userId());
            UserEvent.Type type = version == 0 ? UserEvent.Type.REGISTERED : UserEvent.Type.CHANGED;
            return new UserEvent(UUID.randomUUID().toString(), type, UserState.of(user, version + 1));
        }
    }

    @Override
    public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
        try {
            return commit((UserEvent) argument)
                    ? LocalTransactionState.COMMIT_MESSAGE
                    : LocalTransactionState.ROLLBACK_MESSAGE;
        } catch (SQLException e) {
            return LocalTransactionState.ROLLBACK_MESSAGE;
        }
    }

    /** Makes the change and notes it; false if the promise does not hold any more. */
    private boolean commit(UserEvent event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean kept = write(connection, event.state());
                if (kept) {
                    note(connection, event.eventId());
                }
                connection.commit();
                return kept;
            } catch (SQLIntegrityConstraintViolationException e) {
                connection.rollback();
                return false;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean write(Connection connection, UserState state) throws SQLException {
        String sql = state.version() == 1
                ? "INSERT INTO users (name, address, version, user_id) VALUES (?, ?, ?, ?)"
                : "UPDATE users SET name = ?, address = ?, version = ? WHERE user_id = ? AND version = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, state.name());
            statement.setString(2, state.address());
            statement.setLong(3, state.version());
            statement.setString(4, state.userId());
            if (state.version() > 1) {
                statement.setLong(5, state.version() - 1);
            }
            return statement.executeUpdate() == 1;
        }
    }

    private static void note(Connection connection, String eventId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO committed (event_id) VALUES (?)")) {
            insert.setString(1, eventId);
            insert.executeUpdate();
        }
    }

    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
        try (Connection connection = database.getConnection()) {
            UserEvent event = UserEvent.parse(new String(message.getBody(), StandardCharsets.UTF_8));
            // In this order: what was committed before the version was looked at is seen afterwards.
            long version = version(connection, event.state().userId());
            if (isNoted(connection, event.eventId())) {
                return LocalTransactionState.COMMIT_MESSAGE;
            }
            // Not noted may be not yet. Only when the promised version has gone to another event, it is never.
            return version >= event.state().version()
                    ? LocalTransactionState.ROLLBACK_MESSAGE
                    : LocalTransactionState.UNKNOW;
        } catch (InvalidEventException e) {
            return LocalTransactionState.ROLLBACK_MESSAGE;
        } catch (SQLException e) {
            return LocalTransactionState.UNKNOW;
        }
    }

    private static long version(Connection connection, String userId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT version FROM users WHERE user_id = ?")) {
            select.setString(1, userId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static boolean isNoted(Connection connection, String eventId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM committed WHERE event_id = ?")) {
            select.setString(1, eventId);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}

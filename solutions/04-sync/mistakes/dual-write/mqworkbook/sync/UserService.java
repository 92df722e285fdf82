// Mistake:   dual-write
// Wrong:     The change is committed, and its event written in a transaction of its own afterwards.
// Shows as:  After each crash or deployment a handful of users have moved whose parcels go to the old address for ever.
// Caught in: step 1
// Says:      "no event tells of it"
package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.UUID;
import javax.sql.DataSource;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;

/** Owns the users. Whatever it changes, the others are told, sooner or later: an event is in the outbox. */
public final class UserService {

    private final DataSource database;
    private final Runnable bell;

    /**
     * A user service. It never talks to the broker: that is the relay's work.
     *
     * @param bell wakes the relay, so that it need not look all the time. Rung after each change; it may do nothing at
     *     all, or throw
     */
    public UserService(DataSource database, Runnable bell) {
        this.database = database;
        this.bell = bell;
    }

    /**
     * Registers a user; also one who was removed once.
     *
     * @return false if the user is there already
     */
    public boolean register(User user) throws SQLException {
        return write(UserEvent.Type.REGISTERED, user);
    }

    /**
     * Changes name and address of a user.
     *
     * @return false if there is no such user
     */
    public boolean change(User user) throws SQLException {
        return write(UserEvent.Type.CHANGED, user);
    }

    /**
     * Removes a user.
     *
     * @return false if there is no such user
     */
    public boolean remove(String userId) throws SQLException {
        return write(UserEvent.Type.REMOVED, new User(userId, "", ""));
    }

    private boolean write(UserEvent.Type type, User user) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                UserEvent event = write(connection, type, user);
                boolean written = event != null;
                connection.commit();
                if (written) {
                    append(connection, event);
                    connection.commit();
                }
                if (!written) {
                    return false;
                }
            } catch (SQLIntegrityConstraintViolationException e) {
                // Somebody else has registered the user at the same time.
                connection.rollback();
                return false;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        try {
            bell.run();
        } catch (RuntimeException e) {
            // The change stands, and the relay finds its event all the same: a moment later.
        }
        return true;
    }

    private static UserEvent write(Connection connection, UserEvent.Type type, User user) throws SQLException {
        long version = 0;
        boolean there = false;
        // The lock is held until the commit: who gives the next version has seen this one.
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version, deleted FROM users WHERE user_id = ? FOR UPDATE")) {
            select.setString(1, user.userId());
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    version = row.getLong(1);
                    there = !row.getBoolean(2);
                }
            }
        }
        if (there == (type == UserEvent.Type.REGISTERED)) {
            return null;
        }
        // The row of a removed user stays, for its version: whoever comes back must be newer than when they went.
        UserState state = type == UserEvent.Type.REMOVED
                ? UserState.deleted(user.userId(), version + 1)
                : UserState.of(user, version + 1);
        save(connection, state, version == 0);
        return new UserEvent(UUID.randomUUID().toString(), type, state);
    }

    private static void save(Connection connection, UserState state, boolean isNew) throws SQLException {
        String sql = isNew
                ? "INSERT INTO users (name, address, version, deleted, user_id) VALUES (?, ?, ?, ?, ?)"
                : "UPDATE users SET name = ?, address = ?, version = ?, deleted = ? WHERE user_id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, state.name());
            statement.setString(2, state.address());
            statement.setLong(3, state.version());
            statement.setBoolean(4, state.deleted());
            statement.setString(5, state.userId());
            statement.executeUpdate();
        }
    }

    private static void append(Connection connection, UserEvent event) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO outbox (user_id, event) VALUES (?, ?)")) {
            insert.setString(1, event.state().userId());
            insert.setString(2, event.text());
            insert.executeUpdate();
        }
    }
}

// Versions from one sequence for all users: they have gaps, and a removed user need not stay in the table. The row is
// locked
// before the version is drawn, or a slower transaction would commit the older one last. One would choose it where rows
// of
// removed users must go.
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
                boolean written = write(connection, type, user);
                connection.commit();
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

    private static boolean write(Connection connection, UserEvent.Type type, User user) throws SQLException {
        boolean there;
        // The lock is held until the commit: who draws the next version has waited for this one's transaction.
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM users WHERE user_id = ? FOR UPDATE")) {
            select.setString(1, user.userId());
            try (ResultSet row = select.executeQuery()) {
                there = row.next();
            }
        }
        if (there == (type == UserEvent.Type.REGISTERED)) {
            return false;
        }
        // Whoever comes back registers, and draws after whoever has removed them has drawn and committed.
        if (type == UserEvent.Type.REGISTERED) {
            reserve(connection, user);
        }
        long version = nextVersion(connection);
        UserState state = type == UserEvent.Type.REMOVED
                ? UserState.deleted(user.userId(), version)
                : UserState.of(user, version);
        save(connection, state);
        append(connection, new UserEvent(UUID.randomUUID().toString(), type, state));
        return true;
    }

    private static long nextVersion(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT NEXT VALUE FOR user_versions");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The row is there, and locked, before the version is drawn. */
    private static void reserve(Connection connection, User user) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO users (user_id, name, address, version) VALUES (?, ?, ?, 0)")) {
            insert.setString(1, user.userId());
            insert.setString(2, user.name());
            insert.setString(3, user.address());
            insert.executeUpdate();
        }
    }

    private static void save(Connection connection, UserState state) throws SQLException {
        if (state.deleted()) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM users WHERE user_id = ?")) {
                delete.setString(1, state.userId());
                delete.executeUpdate();
            }
            return;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE users SET name = ?, address = ?, version = ? WHERE user_id = ?")) {
            update.setString(1, state.name());
            update.setString(2, state.address());
            update.setLong(3, state.version());
            update.setString(4, state.userId());
            update.executeUpdate();
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

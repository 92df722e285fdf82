// Locks the user's row, looks, and then writes: three statements where the reference has one, and room in between for
// whatever depends on the old state. A user who is not there has no row to lock, so one is made first.
package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import mqworkbook.sync.user.UserState;

/** The table {@code replica}: of each user the newest state that was ever put in. */
public final class ReplicaTable {

    // A removed user stays as a row, a tombstone: only it knows that a late update is too late.
    private static final String UPDATE =
            "UPDATE replica SET name = ?, address = ?, version = ?, deleted = ? WHERE user_id = ?";

    /** Older than any version, and nobody sees it. */
    private static final String INSERT =
            "INSERT INTO replica (user_id, name, address, version, deleted) VALUES (?, '', '', 0, TRUE)";

    /**
     * Puts a state in, unless there is a newer one of this user. States come in any order, also from several
     * transactions at the same time. One that is too old is no failure.
     *
     * @return whether it was put in
     */
    public boolean put(Connection connection, UserState state) throws SQLException {
        if (lockedVersion(connection, state.userId()) < 0) {
            insert(connection, state.userId());
        }
        return lockedVersion(connection, state.userId()) < state.version() && update(connection, state);
    }

    /** The version of a user who is there, whose row is locked from now on; -1 of somebody else. */
    private static long lockedVersion(Connection connection, String userId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM replica WHERE user_id = ? FOR UPDATE")) {
            select.setString(1, userId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    private static boolean update(Connection connection, UserState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            fill(update, state);
            return update.executeUpdate() == 1;
        }
    }

    private static void insert(Connection connection, String userId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, userId);
            insert.executeUpdate();
        } catch (SQLIntegrityConstraintViolationException thereIsOne) {
            // Then there is a row to lock.
        }
    }

    private static void fill(PreparedStatement statement, UserState state) throws SQLException {
        statement.setString(1, state.name());
        statement.setString(2, state.address());
        statement.setLong(3, state.version());
        statement.setBoolean(4, state.deleted());
        statement.setString(5, state.userId());
    }
}

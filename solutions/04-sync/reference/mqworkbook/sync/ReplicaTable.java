package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import mqworkbook.sync.user.UserState;

/** The table {@code replica}: of each user the newest state that was ever put in. */
public final class ReplicaTable {

    // A removed user stays as a row, a tombstone: only it knows that a late update is too late.
    private static final String UPDATE =
            "UPDATE replica SET name = ?, address = ?, version = ?, deleted = ? WHERE user_id = ? AND version < ?";
    private static final String INSERT =
            "INSERT INTO replica (name, address, version, deleted, user_id) VALUES (?, ?, ?, ?, ?)";

    /**
     * Puts a state in, unless there is a newer one of this user. States come in any order, also from several
     * transactions at the same time. One that is too old is no failure.
     *
     * @return whether it was put in
     */
    public boolean put(Connection connection, UserState state) throws SQLException {
        // The third try: somebody has put in the first state of this user between the first and the second.
        return update(connection, state) || insert(connection, state) || update(connection, state);
    }

    private static boolean update(Connection connection, UserState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            fill(update, state);
            // The database compares, with the row locked: nobody comes between look and write.
            update.setLong(6, state.version());
            return update.executeUpdate() == 1;
        }
    }

    private static boolean insert(Connection connection, UserState state) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            fill(insert, state);
            insert.executeUpdate();
            return true;
        } catch (SQLIntegrityConstraintViolationException thereIsOne) {
            return false;
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

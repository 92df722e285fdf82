// Mistake:   compared-in-java
// Wrong:     The version is read, compared in Java, and then the row is written without a condition.
// Shows as:  Under load two threads look at the same version, and the slower one writes the older state over the newer.
// Caught in: step 4
// Says:      "The replica shows an old state"; "meanwhile"
package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import mqworkbook.sync.user.UserState;

/** The table {@code replica}: of each user the newest state that was ever put in. */
public final class ReplicaTable {

    // A removed user stays as a row, a tombstone: only it knows that a late update is too late.
    private static final String UPDATE =
            "UPDATE replica SET name = ?, address = ?, version = ?, deleted = ? WHERE user_id = ?";
    private static final String INSERT =
            "INSERT INTO replica (name, address, version, deleted, user_id) VALUES (?, ?, ?, ?, ?)";

    /**
     * Puts a state in, unless there is a newer one of this user. States come in any order, also from several
     * transactions at the same time. One that is too old is no failure.
     *
     * @return whether it was put in
     */
    public boolean put(Connection connection, UserState state) throws SQLException {
        long version = version(connection, state.userId());
        return version < state.version() && (version == 0 ? insert(connection, state) : update(connection, state));
    }

    private static long version(Connection connection, String userId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT version FROM replica WHERE user_id = ?")) {
            select.setString(1, userId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static boolean update(Connection connection, UserState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            fill(update, state);
            return update.executeUpdate() == 1;
        }
    }

    private static boolean insert(Connection connection, UserState state) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            fill(insert, state);
            return insert.executeUpdate() == 1;
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

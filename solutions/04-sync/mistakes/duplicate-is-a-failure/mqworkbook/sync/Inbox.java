// Mistake:   duplicate-is-a-failure
// Wrong:     That an event is marked already comes as an exception, and is passed on.
// Shows as:  Each duplicate is delivered sixteen times more, and ends as a dead letter that somebody has to look at.
// Caught in: step 3
// Says:      "A duplicate is taken for a failure"
package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Has each event take effect once, however often it comes: and through whichever process. */
public final class Inbox {

    private final DataSource database;

    public Inbox(DataSource database) {
        this.database = database;
    }

    /** What an event brings about in the database. */
    @FunctionalInterface
    public interface Work {

        /** Works in the transaction that is open on the connection, and leaves its end to the caller. */
        void run(Connection connection) throws SQLException;
    }

    /**
     * Does the work for an event, unless it is done already. May be called with the same event again, later or at the
     * same time, here or in another process.
     *
     * @return whether it was done now; a duplicate is no failure
     * @throws SQLException if it could not be done; then nothing of it is left, and the next call begins anew
     */
    public boolean once(String eventId, Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean first = mark(connection, eventId);
                if (first) {
                    work.run(connection);
                }
                connection.commit();
                return first;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** The primary key decides. A twin at the same time waits here until the other's transaction has ended. */
    private static boolean mark(Connection connection, String eventId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO processed (event_id) VALUES (?)")) {
            insert.setString(1, eventId);
            insert.executeUpdate();
            return true;
        }
    }
}

// Mistake:   looked-then-marked
// Wrong:     It looks whether the event is marked, works, and marks it with a statement that does not mind a mark that
// is there.
// Shows as:  Two copies that arrive together, after a rebalance, take effect twice.
// Caught in: step 3
// Says:      "has taken effect 2 times"; "meanwhile process 2 got another copy"
package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
                boolean first = !isMarked(connection, eventId);
                if (first) {
                    work.run(connection);
                    mark(connection, eventId);
                }
                connection.commit();
                return first;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean isMarked(Connection connection, String eventId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM processed WHERE event_id = ?")) {
            select.setString(1, eventId);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void mark(Connection connection, String eventId) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement("MERGE INTO processed (event_id) VALUES (?)")) {
            merge.setString(1, eventId);
            merge.executeUpdate();
        }
    }
}

// Mistake:   remembered-in-memory
// Wrong:     The ids of events that took effect are kept in a set in memory.
// Shows as:  After each deployment customers are charged twice for what was delivered again.
// Caught in: step 3
// Says:      "The inbox says that work was done, and it was not"
package mqworkbook.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Has each event take effect once, however often it comes: and through whichever process. */
public final class Inbox {

    private final DataSource database;
    private final Set<String> processed = ConcurrentHashMap.newKeySet();

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
                boolean first = processed.add(eventId);
                if (first) {
                    work.run(connection);
                }
                connection.commit();
                return first;
            } catch (SQLException | RuntimeException e) {
                processed.remove(eventId);
                connection.rollback();
                throw e;
            }
        }
    }
}

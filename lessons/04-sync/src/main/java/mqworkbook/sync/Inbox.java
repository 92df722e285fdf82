package mqworkbook.sync;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.workbench.judge.Todo;

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
        throw new Todo(3, "Mark the event as processed and do the work, in one transaction; leave out what is marked.");
    }
}

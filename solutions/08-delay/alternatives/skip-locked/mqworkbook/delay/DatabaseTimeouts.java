// Alternative: the row stays locked while its timeout is handled, and other pollers skip it. No lease to choose, and
// a dead process lets go at once; but each timeout at work keeps a transaction and a connection of the database.
package mqworkbook.delay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import mqworkbook.delay.order.OrderTables;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;

/** Timeouts in a table of the database ({@link OrderTables}), and a poller in each process. */
public final class DatabaseTimeouts implements Timeouts {

    private static final String SCHEDULE = "MERGE INTO timeouts (order_id, due_at) KEY (order_id) VALUES (?, ?)";
    private static final String NEXT = "SELECT order_id, due_at FROM timeouts"
            + " WHERE due_at <= ? AND claimed_until <= ? ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED";
    private static final String REST = "UPDATE timeouts SET claimed_until = ? WHERE order_id = ? AND due_at = ?";
    private static final String DONE = "DELETE FROM timeouts WHERE order_id = ? AND due_at = ?";

    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "database poller");
        thread.setDaemon(true);
        return thread;
    });
    private final DataSource database;
    private final Clock clock;
    private final Duration lease;
    private final Duration pollInterval;

    /**
     * A mechanism on tables that are there.
     *
     * @param clock says when something is due, and when a lease is over
     * @param lease how long a claimed timeout is left to the process that has claimed it
     * @param pollInterval the pause between two looks, when nothing is due
     */
    public DatabaseTimeouts(DataSource database, Clock clock, Duration lease, Duration pollInterval) {
        this.database = database;
        this.clock = clock;
        this.lease = lease;
        this.pollInterval = pollInterval;
    }

    @Override
    public void schedule(Timeout timeout) throws SQLException {
        try (Connection connection = database.getConnection()) {
            change(connection, SCHEDULE, timeout.orderId(), timeout.dueAt().toEpochMilli());
        }
    }

    @Override
    public void start(TimeoutHandler handler) {
        poller.scheduleWithFixedDelay(() -> poll(handler), 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops looking; what is claimed and not handled is somebody else's when its lease is over. */
    @Override
    public void close() {
        poller.shutdownNow();
    }

    /** Hands over all that is due now. */
    private void poll(TimeoutHandler handler) {
        try {
            while (handOverNext(handler)) {
                // One after the other.
            }
        } catch (SQLException | RuntimeException databaseIsAway) {
            // An exception that leaves a scheduled task ends the schedule, without a word.
        }
    }

    private boolean handOverNext(TimeoutHandler handler) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement next = connection.prepareStatement(NEXT)) {
                next.setLong(1, clock.millis());
                next.setLong(2, clock.millis());
                try (ResultSet row = next.executeQuery()) {
                    if (!row.next()) {
                        connection.rollback();
                        return false;
                    }
                    Timeout timeout = new Timeout(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
                    handOver(connection, timeout, handler);
                }
            }
            connection.commit();
            return true;
        }
    }

    private void handOver(Connection connection, Timeout timeout, TimeoutHandler handler) throws SQLException {
        try {
            handler.onTimeout(timeout);
        } catch (Exception failure) {
            // It rests for a while, so that this is no loop.
            long until = clock.instant().plus(lease).toEpochMilli();
            change(connection, REST, until, timeout.orderId(), timeout.dueAt().toEpochMilli());
            return;
        }
        change(connection, DONE, timeout.orderId(), timeout.dueAt().toEpochMilli());
    }

    private static int change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}

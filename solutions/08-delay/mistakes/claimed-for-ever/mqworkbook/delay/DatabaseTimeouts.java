// Mistake:   claimed-for-ever
// Wrong:     A claim has no end: a row whose poller has died is never looked at again.
// Shows as:  Each crash leaves a row that is "in progress" until somebody finds it by hand.
// Caught in: step 7
// Says:      "lost with the process"
package mqworkbook.delay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private static final String NEXT = "SELECT order_id, due_at, claimed_until FROM timeouts"
            + " WHERE due_at <= ? AND claimed_until <= ? ORDER BY due_at LIMIT 1";
    // Compare-and-set: of two pollers that have read the same row, one changes it.
    private static final String CLAIM =
            "UPDATE timeouts SET claimed_until = ? WHERE order_id = ? AND due_at = ? AND claimed_until = ?";
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
        change(SCHEDULE, timeout.orderId(), timeout.dueAt().toEpochMilli());
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
            Optional<Timeout> due = claim();
            if (due.isPresent()) {
                handOver(due.get(), handler);
            }
        } catch (SQLException | RuntimeException databaseIsAway) {
            // An exception that leaves a scheduled task ends the schedule, without a word.
        }
    }

    private void handOver(Timeout timeout, TimeoutHandler handler) throws SQLException {
        try {
            handler.onTimeout(timeout);
        } catch (Exception failure) {
            change("UPDATE timeouts SET claimed_until = 0 WHERE order_id = ?", timeout.orderId());
            return;
        }
        change(DONE, timeout.orderId(), timeout.dueAt().toEpochMilli());
    }

    /** The next timeout that is due; nobody else gets it until the lease is over. */
    private Optional<Timeout> claim() throws SQLException {
        long now = clock.millis();
        try (Connection connection = database.getConnection();
                PreparedStatement next = connection.prepareStatement(NEXT)) {
            next.setLong(1, now);
            next.setLong(2, now);
            // Again, when another poller was first: the row after it may be ours.
            while (true) {
                try (ResultSet row = next.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    Timeout timeout = new Timeout(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
                    if (change(CLAIM, Long.MAX_VALUE, timeout.orderId(), row.getLong(2), row.getLong(3)) == 1) {
                        return Optional.of(timeout);
                    }
                }
            }
        }
    }

    private int change(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}

package mqworkbook.delay;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import mqworkbook.delay.order.OrderTables;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.judge.Todo;

/** Timeouts in a table of the database ({@link OrderTables}), and a poller in each process. */
public final class DatabaseTimeouts implements Timeouts {

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
        throw new Todo(7, "Write the timeout into the table.");
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
        throw new Todo(7, "Hand over all that is due, delete what was handled, and never let the poller end.");
    }

    /** The next timeout that is due; nobody else gets it until the lease is over. */
    private Optional<Timeout> claim() throws SQLException {
        throw new Todo(
                7, "Claim the next timeout that is due, so that of two pollers one gets it, until its lease is over.");
    }
}

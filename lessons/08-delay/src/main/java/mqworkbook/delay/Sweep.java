package mqworkbook.delay;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import mqworkbook.workbench.judge.Todo;

/** Finds orders whose timer was lost. Called now and then by the application's scheduler, in each of its processes. */
public final class Sweep {

    private final DataSource database;
    private final OrderBook book;
    private final Duration grace;

    /**
     * A sweep.
     *
     * @param grace how long after its deadline an order is left to its timer
     */
    public Sweep(DataSource database, OrderBook book, Duration grace) {
        this.database = database;
        this.book = book;
        this.grace = grace;
    }

    /**
     * Cancels every order that is unpaid, and whose deadline is longer ago than the grace. An order that cannot be cancelled
     * now is left to the next sweep, and keeps none of the others from being cancelled.
     *
     * @return how many it has cancelled
     */
    public int sweep(Instant now) throws SQLException {
        throw new Todo(4, "Find the orders that are unpaid beyond deadline and grace, and have each one expire.");
    }
}

// Mistake:   one-failure-ends-the-sweep
// Wrong:     An order that cannot be cancelled throws, and the sweep ends there, each time.
// Shows as:  One broken row, and no lost timer behind it is ever found again.
// Caught in: step 4
// Says:      "keeps all others from being cancelled"
package mqworkbook.delay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Finds orders whose timer was lost. Called now and then by the application's scheduler, in each of its processes. */
public final class Sweep {

    private static final String OVERDUE =
            "SELECT order_id FROM orders WHERE status = 'UNPAID' AND due_at < ? ORDER BY due_at";

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
        int cancelled = 0;
        for (String orderId : overdue(now.minus(grace))) {
            if (book.expire(orderId, now)) {
                cancelled++;
            }
        }
        return cancelled;
    }

    private List<String> overdue(Instant deadline) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(OVERDUE)) {
            query.setLong(1, deadline.toEpochMilli());
            List<String> orderIds = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    orderIds.add(rows.getString(1));
                }
            }
            return orderIds;
        }
    }
}

// Mistake:   sweep-decides-itself
// Wrong:     The sweep cancels what it has read, without asking the book of orders.
// Shows as:  Somebody pays while the sweep is at work, and is cancelled.
// Caught in: step 4
// Says:      "The sweep has cancelled an order that was paid"
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

    private static final String CANCEL = "UPDATE orders SET status = 'CANCELLED' WHERE order_id = ?";
    private static final String GIVE_BACK =
            "UPDATE stock SET units = units + (SELECT quantity FROM orders WHERE order_id = ?)"
                    + " WHERE item_id = (SELECT item_id FROM orders WHERE order_id = ?)";

    private final DataSource database;
    private final Duration grace;

    /**
     * A sweep.
     *
     * @param grace how long after its deadline an order is left to its timer
     */
    public Sweep(DataSource database, OrderBook book, Duration grace) {
        this.database = database;
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
            try {
                cancel(orderId);
                cancelled++;
            } catch (SQLException laterThen) {
                // It is still unpaid, and the next sweep finds it.
            }
        }
        return cancelled;
    }

    private void cancel(String orderId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK);
                PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
            connection.setAutoCommit(false);
            giveBack.setString(1, orderId);
            giveBack.setString(2, orderId);
            giveBack.executeUpdate();
            cancel.setString(1, orderId);
            cancel.executeUpdate();
            connection.commit();
        }
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

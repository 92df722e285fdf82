// Mistake:   status-looked-at-first
// Wrong:     It reads the status, and then changes it, so two at the same moment both find it placed.
// Shows as:  After a rebalance two processes have the same refusal, and the customer gets the money twice.
// Caught in: step 5
// Says:      "more money back"; "O-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;

/** Takes orders back: the compensation of {@link OrderBook#place}. */
public final class Cancellations {

    private final DataSource database;

    public Cancellations(DataSource database) {
        this.database = database;
    }

    /**
     * Gives the order the status CANCELLED and its amount back to the customer, once, however often and by however many
     * it is asked. An order that is not there is left alone.
     *
     * @throws SQLException when the database fails; asked again, it cancels or knows
     */
    public void cancel(Order order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            // Whoever changes the status gives the money back; of two at once, the second finds it changed.
            if (isPlaced(connection, order)) {
                change(connection, "UPDATE orders SET status = 'CANCELLED' WHERE order_id = ?", order.orderId());
                change(
                        connection,
                        "UPDATE accounts SET balance = balance + (SELECT amount FROM orders WHERE order_id = ?)"
                                + " WHERE customer_id = (SELECT customer_id FROM orders WHERE order_id = ?)",
                        order.orderId(),
                        order.orderId());
            }
            connection.commit();
        }
    }

    private static boolean isPlaced(Connection connection, Order order) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM orders WHERE order_id = ? AND status = 'PLACED'")) {
            query.setString(1, order.orderId());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static int change(Connection connection, String sql, String... arguments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                update.setString(i + 1, arguments[i]);
            }
            return update.executeUpdate();
        }
    }
}

// Mistake:   stock-restored-each-time
// Wrong:     Whoever finds the order cancelled gives its units back, also the second time.
// Shows as:  After a redelivery the shop sells units that it does not have.
// Caught in: step 2
// Says:      "more than once"
package mqworkbook.delay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import mqworkbook.delay.order.OrderTables;

/**
 * Decides what becomes of an order, in the tables of {@link OrderTables}. Payments and timeouts come at the same moment, twice,
 * and by several processes; whoever is first wins, and the other one is told so.
 */
public final class OrderBook {

    // Compare-and-set: the database looks and writes in one step, and the number of rows says who has won.
    private static final String PAY =
            "UPDATE orders SET status = 'PAID', payment_id = ? WHERE order_id = ? AND status = 'UNPAID'";
    private static final String PAID_WITH = "SELECT 1 FROM orders WHERE order_id = ? AND payment_id = ?";
    private static final String CANCEL =
            "UPDATE orders SET status = 'CANCELLED' WHERE order_id = ? AND status = 'UNPAID' AND due_at <= ?";
    private static final String GIVE_BACK =
            "UPDATE stock SET units = units + (SELECT quantity FROM orders WHERE order_id = ?)"
                    + " WHERE item_id = (SELECT item_id FROM orders WHERE order_id = ? AND status = 'CANCELLED')";

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /**
     * The customer has paid. An order that is still unpaid is paid now, also after its deadline.
     *
     * @return whether the order is paid with this very payment, by this call or an earlier one; if not, the money goes back
     */
    public boolean pay(String orderId, String paymentId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement pay = connection.prepareStatement(PAY);
                PreparedStatement paidWith = connection.prepareStatement(PAID_WITH)) {
            pay.setString(1, paymentId);
            pay.setString(2, orderId);
            if (pay.executeUpdate() == 1) {
                return true;
            }
            // Payment providers call again when our answer was lost: that is no second payment.
            paidWith.setString(1, orderId);
            paidWith.setString(2, paymentId);
            try (ResultSet found = paidWith.executeQuery()) {
                return found.next();
            }
        }
    }

    /**
     * The order's time may be over. If it is unpaid, and its deadline has come, it is cancelled, and its units go back to the
     * stock: both, or neither.
     *
     * @return whether this call has cancelled it
     */
    public boolean expire(String orderId, Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean cancelled = cancel(connection, orderId, now);
                connection.commit();
                return cancelled;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean cancel(Connection connection, String orderId, Instant now) throws SQLException {
        try (PreparedStatement cancel = connection.prepareStatement(CANCEL);
                PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK)) {
            cancel.setString(1, orderId);
            cancel.setLong(2, now.toEpochMilli());
            boolean cancelled = cancel.executeUpdate() == 1;
            giveBack.setString(1, orderId);
            giveBack.setString(2, orderId);
            giveBack.executeUpdate();
            return cancelled;
        }
    }
}

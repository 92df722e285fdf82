// Mistake:   check-then-act
// Wrong:     The state is read first and written then; a payment can come in between.
// Shows as:  Once a week a customer pays in the very second, and the order is cancelled all the same.
// Caught in: step 2
// Says:      "not exactly one has won"
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
    private static final String CANCEL = "UPDATE orders SET status = 'CANCELLED' WHERE order_id = ?";
    private static final String GIVE_BACK =
            "UPDATE stock SET units = units + (SELECT quantity FROM orders WHERE order_id = ?)"
                    + " WHERE item_id = (SELECT item_id FROM orders WHERE order_id = ?)";

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
        try (PreparedStatement look =
                        connection.prepareStatement("SELECT status, due_at FROM orders WHERE order_id = ?");
                PreparedStatement cancel = connection.prepareStatement(CANCEL);
                PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK)) {
            look.setString(1, orderId);
            try (ResultSet order = look.executeQuery()) {
                if (!order.next() || !order.getString(1).equals("UNPAID") || order.getLong(2) > now.toEpochMilli()) {
                    return false;
                }
            }
            cancel.setString(1, orderId);
            cancel.executeUpdate();
            giveBack.setString(1, orderId);
            giveBack.setString(2, orderId);
            giveBack.executeUpdate();
            return true;
        }
    }
}

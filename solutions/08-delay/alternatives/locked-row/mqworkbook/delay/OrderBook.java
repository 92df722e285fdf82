// Alternative: the row is read and locked first, and decided upon in Java. A round trip more, and payments of one
// order wait for each other; but the rule stands in one place, and can be as complicated as it likes.
package mqworkbook.delay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** Decides what becomes of an order, with its row locked. */
public final class OrderBook {

    private static final String LOCK =
            "SELECT item_id, quantity, status, payment_id, due_at FROM orders" + " WHERE order_id = ? FOR UPDATE";
    private static final String SET = "UPDATE orders SET status = ?, payment_id = ? WHERE order_id = ?";
    private static final String GIVE_BACK = "UPDATE stock SET units = units + ? WHERE item_id = ?";

    private record Row(String itemId, int quantity, String status, String paymentId, long dueAt) {}

    private interface Decision {
        boolean decide(Connection connection, Row order) throws SQLException;
    }

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /** Pays an unpaid order. Returns whether the order is paid with this very payment. */
    public boolean pay(String orderId, String paymentId) throws SQLException {
        return locked(orderId, (connection, order) -> {
            if (!order.status().equals("UNPAID")) {
                return paymentId.equals(order.paymentId());
            }
            set(connection, orderId, "PAID", paymentId);
            return true;
        });
    }

    /** Cancels an unpaid order that is due. Returns whether this call has cancelled it. */
    public boolean expire(String orderId, Instant now) throws SQLException {
        return locked(orderId, (connection, order) -> {
            if (!order.status().equals("UNPAID") || order.dueAt() > now.toEpochMilli()) {
                return false;
            }
            set(connection, orderId, "CANCELLED", null);
            try (PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK)) {
                giveBack.setInt(1, order.quantity());
                giveBack.setString(2, order.itemId());
                giveBack.executeUpdate();
            }
            return true;
        });
    }

    private boolean locked(String orderId, Decision decision) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            connection.setAutoCommit(false);
            lock.setString(1, orderId);
            try (ResultSet found = lock.executeQuery()) {
                boolean answer = found.next()
                        && decision.decide(
                                connection,
                                new Row(
                                        found.getString(1),
                                        found.getInt(2),
                                        found.getString(3),
                                        found.getString(4),
                                        found.getLong(5)));
                connection.commit();
                return answer;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void set(Connection connection, String orderId, String status, String paymentId)
            throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, status);
            set.setString(2, paymentId);
            set.setString(3, orderId);
            set.executeUpdate();
        }
    }
}

// Mistake:   not-idempotent
// Wrong:     The consumer takes the units each time that it hears of the order.
// Shows as:  After each rebalance of the consumers there is less in the books than on the shelves.
// Caught in: step 4
// Says:      "more than once"; "S-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Decision;
import mqworkbook.transactions.shop.Order;

/** The stock service's database: what there is, and what was decided about each order. */
public final class Reservations {

    private final DataSource database;

    public Reservations(DataSource database) {
        this.database = database;
    }

    /** Makes the table of decisions. {@code stock} is there. */
    public void createTables() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS decisions ("
                    + "order_id VARCHAR(60) PRIMARY KEY, decision VARCHAR(20) NOT NULL)");
        }
    }

    /**
     * Takes the order's units from the stock, if there are enough. Decides once for each order, however often and by
     * however many it is asked.
     *
     * @return what was decided, now or before
     * @throws SQLException when the database fails; asked again, it decides or knows
     */
    public Decision decide(Order order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // The key comes first: a second copy waits here for the first, and is then told what that one decided.
                remember(connection, order);
            } catch (SQLIntegrityConstraintViolationException decidedBefore) {
                connection.rollback();
            }
            Decision decision = take(connection, order) ? Decision.RESERVED : Decision.REFUSED;
            if (decision == Decision.RESERVED) {
                update(connection, "UPDATE decisions SET decision = 'RESERVED' WHERE order_id = ?", order.orderId());
            }
            connection.commit();
            return decision;
        }
    }

    private static void remember(Connection connection, Order order) throws SQLException {
        update(connection, "INSERT INTO decisions (order_id, decision) VALUES (?, 'REFUSED')", order.orderId());
    }

    private static boolean take(Connection connection, Order order) throws SQLException {
        return update(
                        connection,
                        "UPDATE stock SET units = units - ? WHERE item = ? AND units >= ?",
                        order.quantity(),
                        order.item(),
                        order.quantity())
                > 0;
    }

    private static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                update.setObject(i + 1, arguments[i]);
            }
            return update.executeUpdate();
        }
    }
}

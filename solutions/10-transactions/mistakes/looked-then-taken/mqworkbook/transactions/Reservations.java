// Mistake:   looked-then-taken
// Wrong:     It looks whether the order was decided, and then decides: two at the same moment both look first.
// Shows as:  Right after a deploy, when old and new processes overlap, some orders take their units twice.
// Caught in: step 4
// Says:      "more than once"; "S-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
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
                    + "order_id VARCHAR(60) NOT NULL, decision VARCHAR(20) NOT NULL)");
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
            Optional<Decision> before = decision(connection, order);
            if (before.isPresent()) {
                return before.get();
            }
            remember(connection, order);
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

    private static Optional<Decision> decision(Connection connection, Order order) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT decision FROM decisions WHERE order_id = ?")) {
            query.setString(1, order.orderId());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(Decision.valueOf(rows.getString(1))) : Optional.empty();
            }
        }
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

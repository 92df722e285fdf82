// Alternative: the order has an id, made of sale and user, and the database is told what to do with one that is
// there. No exception where nothing is exceptional.
package mqworkbook.peakshaving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import mqworkbook.peakshaving.sale.Purchase;

/** The table of orders: the truth. It takes a few dozen writes at a time, and no more. */
public final class OrderBook {

    private static final String DUPLICATE_KEY = "23505";

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /** Makes the table {@code orders}, with the columns {@code sale_id}, {@code user_id}, {@code quantity} and any more. */
    public void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders (order_id VARCHAR(250) PRIMARY KEY,"
                    + " sale_id VARCHAR(100) NOT NULL, user_id VARCHAR(100) NOT NULL, quantity INT NOT NULL)");
        }
    }

    /**
     * Writes the order, unless the user has one in this sale. Uses one connection, and only while it writes.
     *
     * @return whether it was written
     */
    public boolean place(Purchase purchase) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders"
                        + " SELECT o.* FROM (VALUES (?, ?, ?, CAST(? AS INT))) o (id, sale, buyer, quantity)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM orders WHERE order_id = o.id)")) {
            insert.setString(1, purchase.saleId() + "/" + purchase.userId());
            insert.setString(2, purchase.saleId());
            insert.setString(3, purchase.userId());
            insert.setInt(4, purchase.quantity());
            return insert.executeUpdate() > 0;
        } catch (SQLException e) {
            // Two at the same moment: both have seen nothing, and the key lets one of them in.
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}

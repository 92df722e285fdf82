package mqworkbook.peakshaving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import javax.sql.DataSource;
import mqworkbook.peakshaving.sale.Purchase;

/** The table of orders: the truth. It takes a few dozen writes at a time, and no more. */
public final class OrderBook {

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /** Makes the table {@code orders}, with the columns {@code sale_id}, {@code user_id}, {@code quantity} and any more. */
    public void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // The key is the rule itself. Whatever comes twice, from wherever, the database knows.
            statement.execute("CREATE TABLE IF NOT EXISTS orders (sale_id VARCHAR(100) NOT NULL,"
                    + " user_id VARCHAR(100) NOT NULL, quantity INT NOT NULL, request_id VARCHAR(100) NOT NULL,"
                    + " PRIMARY KEY (sale_id, user_id))");
        }
    }

    /**
     * Writes the order, unless the user has one in this sale. Uses one connection, and only while it writes.
     *
     * @return whether it was written
     */
    public boolean place(Purchase purchase) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO orders (sale_id, user_id, quantity, request_id) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, purchase.saleId());
            insert.setString(2, purchase.userId());
            insert.setInt(3, purchase.quantity());
            insert.setString(4, purchase.requestId());
            insert.executeUpdate();
            return true;
        } catch (SQLIntegrityConstraintViolationException secondCopy) {
            return false;
        }
    }
}

package mqworkbook.peakshaving.before;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;

/** The sale as it is today: every click is a transaction on the database. */
public final class DirectSale {

    private final DataSource database;

    public DirectSale(DataSource database) {
        this.database = database;
    }

    /** Makes the tables. */
    public void createTables(String saleId, int units) throws SQLException {
        try (Connection connection = database.getConnection()) {
            run(connection, "CREATE TABLE IF NOT EXISTS stock (sale_id VARCHAR(100) PRIMARY KEY, units INT NOT NULL)");
            run(
                    connection,
                    "CREATE TABLE IF NOT EXISTS orders (sale_id VARCHAR(100), user_id VARCHAR(100),"
                            + " quantity INT NOT NULL, PRIMARY KEY (sale_id, user_id))");
            run(connection, "INSERT INTO stock VALUES (?, ?)", saleId, units);
        }
    }

    /** Sells, on the shopper's own thread, which waits for the database. */
    public Outcome buy(Purchase purchase) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            // Correct, and all shoppers of a sale wait for the lock on this one row.
            boolean left = run(
                            connection,
                            "UPDATE stock SET units = units - ? WHERE sale_id = ? AND units >= ?",
                            purchase.quantity(),
                            purchase.saleId(),
                            purchase.quantity())
                    > 0;
            if (left) {
                run(
                        connection,
                        "INSERT INTO orders VALUES (?, ?, ?)",
                        purchase.saleId(),
                        purchase.userId(),
                        purchase.quantity());
            }
            connection.commit();
            return left ? Outcome.WON : Outcome.SOLD_OUT;
        }
    }

    private static int run(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        }
    }
}

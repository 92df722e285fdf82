package mqworkbook.transactions.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The tables that were there before. */
public final class ShopTables {

    private ShopTables() {}

    /**
     * The shop's own database: {@code orders} with the status {@code PLACED} or {@code CANCELLED}, and {@code accounts},
     * from which orders are paid. A balance is never negative.
     */
    public static void createShop(DataSource database) throws SQLException {
        execute(
                database,
                "CREATE TABLE accounts (customer_id VARCHAR(60) PRIMARY KEY, balance BIGINT NOT NULL CHECK (balance >= 0))",
                "CREATE TABLE orders (order_id VARCHAR(60) PRIMARY KEY, customer_id VARCHAR(60) NOT NULL,"
                        + " item VARCHAR(60) NOT NULL, quantity INT NOT NULL, amount BIGINT NOT NULL,"
                        + " status VARCHAR(20) NOT NULL)");
    }

    /** The stock service's database: {@code stock}, how many units there are of each item. */
    public static void createStock(DataSource database) throws SQLException {
        execute(database, "CREATE TABLE stock (item VARCHAR(60) PRIMARY KEY, units INT NOT NULL CHECK (units >= 0))");
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

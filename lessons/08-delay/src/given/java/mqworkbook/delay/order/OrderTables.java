package mqworkbook.delay.order;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The shop's tables. Times are milliseconds since 1970.
 *
 * <ul>
 *   <li>{@code orders}: {@code status} is {@code UNPAID}, {@code PAID} or {@code CANCELLED}; {@code payment_id} is of the
 *       payment that has paid it; {@code due_at} is its deadline.
 *   <li>{@code stock}: {@code units} that can be sold; those of unpaid orders are taken out.
 *   <li>{@code timeouts}: used by the mechanism that polls the database, and by no other. {@code claimed_until} is 0 where
 *       nobody is at work on it.
 * </ul>
 */
public final class OrderTables {

    private OrderTables() {}

    /** Makes the tables where they are not there. */
    public static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS stock (item_id VARCHAR(40) PRIMARY KEY, units INT NOT NULL)");
            statement.execute("CREATE TABLE IF NOT EXISTS orders (order_id VARCHAR(40) PRIMARY KEY,"
                    + " item_id VARCHAR(40) NOT NULL, quantity INT NOT NULL, status VARCHAR(10) NOT NULL,"
                    + " payment_id VARCHAR(40), due_at BIGINT NOT NULL)");
            statement.execute("CREATE INDEX IF NOT EXISTS orders_by_status ON orders (status, due_at)");
            statement.execute("CREATE TABLE IF NOT EXISTS timeouts (order_id VARCHAR(40) PRIMARY KEY,"
                    + " due_at BIGINT NOT NULL, claimed_until BIGINT DEFAULT 0 NOT NULL)");
            statement.execute("CREATE INDEX IF NOT EXISTS timeouts_by_time ON timeouts (due_at)");
        }
    }
}

package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopTables;
import mqworkbook.workbench.judge.Wrong;
import org.h2.jdbcx.JdbcDataSource;

/** The stock service's database, as the judge sees it. It lives as long as this object. */
final class StockDatabase {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final Connection kept;

    private StockDatabase(int lockMillis) throws SQLException {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=" + lockMillis);
        kept = h2.getConnection();
        ShopTables.createStock(h2);
    }

    /** Where two want the same row, the second soon gives up: its test goes on, and brings the message again. */
    static StockDatabase create() throws SQLException {
        return create(50);
    }

    /** There the second one waits: who gives up is brought the message by the broker, a second later. */
    static StockDatabase live() throws SQLException {
        return create(2_000);
    }

    private static StockDatabase create(int lockMillis) throws SQLException {
        StockDatabase database = new StockDatabase(lockMillis);
        new Reservations(database.h2).createTables();
        return database;
    }

    DataSource dataSource() {
        return h2;
    }

    /** A new item, of which there are so many units. */
    String item(int units) {
        String item = "item-" + NUMBERS.incrementAndGet();
        fill(item, units);
        return item;
    }

    /** An item that was not there before. */
    void fill(String item, int units) {
        update("INSERT INTO stock (units, item) VALUES (?, ?)", units, item);
    }

    static Order order(String item, int quantity) {
        int number = NUMBERS.incrementAndGet();
        return new Order("S-" + number, "C-" + number, item, quantity, 100);
    }

    void restock(String item, int units) {
        update("UPDATE stock SET units = ? WHERE item = ?", units, item);
    }

    int units(String item) {
        synchronized (kept) {
            try (PreparedStatement query = kept.prepareStatement("SELECT units FROM stock WHERE item = ?")) {
                query.setString(1, item);
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException("The stock cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** @param what has happened, for whoever reads the message */
    void expectUnits(int expected, Order order, String what) {
        int units = units(order.item());
        if (units == expected) {
            return;
        }
        boolean taken = units < expected;
        throw Wrong.that(taken ? "An order has taken its units more than once" : "An order has not taken its units")
                .seen(what + "; " + order.text() + ": there should be " + expected + " units left, there are " + units)
                .means(
                        taken
                                ? "The shop turns customers away for goods that lie in its stock."
                                : "The shop sells what it has promised to somebody else.")
                .suspect(
                        taken
                                ? "no record of what was done, or one that another transaction writes, or that is asked too early"
                                : "a record of what was not done yet, or an answer before the work");
    }

    private void update(String sql, int units, String item) {
        synchronized (kept) {
            try (PreparedStatement update = kept.prepareStatement(sql)) {
                update.setInt(1, units);
                update.setString(2, item);
                update.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

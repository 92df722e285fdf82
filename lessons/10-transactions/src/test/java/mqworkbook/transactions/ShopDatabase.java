package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopTables;
import mqworkbook.workbench.judge.Wrong;
import org.h2.jdbcx.JdbcDataSource;

/** The shop's database, as the judge sees it. It lives as long as this object. */
final class ShopDatabase {

    static final long BALANCE = 10_000;

    /** With it an order counts as there; a design may use further ones of its own. */
    private static final Set<String> THERE = Set.of("PLACED", "CANCELLED");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final Connection kept;

    private ShopDatabase() throws SQLException {
        // Two who want the same row wait for each other, and not for long.
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=50");
        kept = h2.getConnection();
        ShopTables.createShop(h2);
    }

    /** One without the answer's own tables. */
    static ShopDatabase bare() throws SQLException {
        return new ShopDatabase();
    }

    static ShopDatabase create() throws SQLException {
        ShopDatabase database = bare();
        new OrderBook(database.h2).createTables();
        return database;
    }

    DataSource dataSource() {
        return h2;
    }

    /** An order of a customer who can pay for it, and for three more. */
    Order order() {
        return order(BALANCE / 4);
    }

    /** An order of a new customer, who has {@link #BALANCE}. */
    Order order(long amount) {
        int number = NUMBERS.incrementAndGet();
        Order order = new Order("O-" + number, "C-" + number, "teapot", 3, amount);
        openAccount(order.customerId());
        return order;
    }

    private synchronized void openAccount(String customerId) {
        update("INSERT INTO accounts VALUES (?, " + BALANCE + ")", customerId);
    }

    synchronized void update(String sql, String argument) {
        try (PreparedStatement update = kept.prepareStatement(sql)) {
            update.setString(1, argument);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isPlaced(String orderId) {
        return status(orderId).filter(THERE::contains).isPresent();
    }

    Optional<String> status(String orderId) {
        return ask("SELECT status FROM orders WHERE order_id = ?", orderId);
    }

    long balance(String customerId) {
        return ask("SELECT balance FROM accounts WHERE customer_id = ?", customerId)
                .map(Long::parseLong)
                .orElseThrow();
    }

    /** The order is there and paid, or neither. */
    void expectBooksBalance(Order order, String what) {
        if (status(order.orderId()).filter("CANCELLED"::equals).isPresent()) {
            expectRefundBalances(order, what);
            return;
        }
        boolean placed = isPlaced(order.orderId());
        long expected = placed ? BALANCE - order.amount() : BALANCE;
        if (balance(order.customerId()) != expected) {
            throw Wrong.that("An order and its payment do not agree")
                    .seen(what + "; " + describe(order) + ", of " + BALANCE + " at first")
                    .means(placed ? "The shop ships what was not paid, or not once." : "The customer pays for nothing.")
                    .suspect("order and payment in two database transactions");
        }
    }

    /** The order is cancelled, and the customer has what he had at first. */
    void expectCancelled(Order order, String what) {
        if (!status(order.orderId()).filter("CANCELLED"::equals).isPresent()) {
            throw Wrong.that("An order that was refused must be in the table of orders as CANCELLED")
                    .seen(what + "; " + describe(order));
        }
        expectRefundBalances(order, what);
    }

    /** The money is back if the order is cancelled, and only then. */
    void expectRefundBalances(Order order, String what) {
        boolean cancelled = status(order.orderId()).filter("CANCELLED"::equals).isPresent();
        long expected = cancelled ? BALANCE : BALANCE - order.amount();
        long balance = balance(order.customerId());
        if (balance != expected) {
            throw Wrong.that(
                            balance > expected
                                    ? "A refused order gives more money back than it has taken"
                                    : "A refused order is cancelled, and its money is not given back")
                    .seen(what + "; " + describe(order) + ", of " + BALANCE + " at first")
                    .means(
                            balance > expected
                                    ? "Each copy of a refusal costs the shop the order once more."
                                    : "The customer has paid, and gets neither the goods nor the money.")
                    .suspect("status and money in two transactions, or a look at the status before the change");
        }
    }

    String describe(Order order) {
        return order.text() + " is "
                + status(order.orderId())
                        .map(status -> "in the table of orders as " + status)
                        .orElse("not in the table of orders")
                + ", the balance of " + order.customerId() + " is " + balance(order.customerId());
    }

    private synchronized Optional<String> ask(String sql, String argument) {
        try (PreparedStatement query = kept.prepareStatement(sql)) {
            query.setString(1, argument);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The shop's tables cannot be read: " + e.getMessage(), e);
        }
    }
}

// Mistake:   sent-inside-transaction
// Wrong:     An ordinary send inside the database transaction: the message is out, whatever becomes of the transaction.
// Shows as:  When the database is slow, the stock service is quicker than the commit and looks for orders that are not
// there yet, or never are.
// Caught in: step 1
// Says:      "A message"; "O-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderRefusedException;

/** The shop's database: orders, accounts, and for each transaction a record of what became of it. */
public final class OrderBook {

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /** Makes the table of transaction records. {@code orders} and {@code accounts} are there. */
    public void createTables() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // The key is what the check-back's fence relies on: of two who write a record, one fails.
            statement.execute("CREATE TABLE IF NOT EXISTS transaction_records ("
                    + "transaction_id VARCHAR(100) PRIMARY KEY, outcome VARCHAR(20) NOT NULL)");
        }
    }

    /**
     * Writes the order with the status PLACED, takes its amount from the customer's account, and writes the transaction's
     * record: all in one database transaction.
     *
     * @param transactionId as the broker and its client call it
     * @throws OrderRefusedException when the order is there already, or the balance does not suffice; nothing is written
     * @throws SQLException when the database fails: perhaps all was written, perhaps nothing
     */
    public void place(String transactionId, Order order) throws SQLException, OrderRefusedException {
        place(transactionId, order, () -> null);
    }

    void place(String transactionId, Order order, Callable<?> sending) throws SQLException, OrderRefusedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // First, so that whoever gives this transaction up meanwhile waits for it, or has won before it began.
                record(connection, transactionId);
                insert(connection, order);
                pay(connection, order);
            } catch (SQLIntegrityConstraintViolationException e) {
                connection.rollback();
                throw new OrderRefusedException(order.orderId() + " is there already, or was given up");
            } catch (OrderRefusedException e) {
                connection.rollback();
                throw e;
            }
            try {
                sending.call();
            } catch (Exception e) {
                connection.rollback();
                throw new OrderRefusedException("The broker is away");
            }
            connection.commit();
        }
    }

    private static void record(Connection connection, String transactionId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transaction_records (transaction_id, outcome) VALUES (?, 'COMMITTED')")) {
            insert.setString(1, transactionId);
            insert.executeUpdate();
        }
    }

    private static void insert(Connection connection, Order order) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO orders (order_id, customer_id, item, quantity, amount, status)"
                        + " VALUES (?, ?, ?, ?, ?, 'PLACED')")) {
            insert.setString(1, order.orderId());
            insert.setString(2, order.customerId());
            insert.setString(3, order.item());
            insert.setInt(4, order.quantity());
            insert.setLong(5, order.amount());
            insert.executeUpdate();
        }
    }

    private static void pay(Connection connection, Order order) throws SQLException, OrderRefusedException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE accounts SET balance = balance - ? WHERE customer_id = ? AND balance >= ?")) {
            update.setLong(1, order.amount());
            update.setString(2, order.customerId());
            update.setLong(3, order.amount());
            if (update.executeUpdate() == 0) {
                throw new OrderRefusedException("The balance of " + order.customerId() + " does not suffice");
            }
        }
    }
}

package mqworkbook.transactions;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderRefusedException;
import mqworkbook.workbench.judge.Todo;

/** The shop's database: orders, accounts, and for each transaction a record of what became of it. */
public final class OrderBook {

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /** Makes the table of transaction records, as you need it. {@code orders} and {@code accounts} are there. */
    public void createTables() throws SQLException {
        throw new Todo(1, "Create a table that tells of each transaction, by its id, what became of it.");
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
        throw new Todo(1, "Write the order, the payment and the transaction's record in one database transaction.");
    }
}

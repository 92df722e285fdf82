package mqworkbook.peakshaving;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Todo;

/** The table of orders: the truth. It takes a few dozen writes at a time, and no more. */
public final class OrderBook {

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /** Makes the table {@code orders}, with the columns {@code sale_id}, {@code user_id}, {@code quantity} and any more. */
    public void createTable() throws SQLException {
        throw new Todo(4, "Create the table of orders, with the key that keeps a user from having two in a sale.");
    }

    /**
     * Writes the order, unless the user has one in this sale. Uses one connection, and only while it writes.
     *
     * @return whether it was written
     */
    public boolean place(Purchase purchase) throws SQLException {
        throw new Todo(4, "Insert the order; that it is there already is no error.");
    }
}

package mqworkbook.transactions;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.workbench.judge.Todo;

/** Takes orders back: the compensation of {@link OrderBook#place}. */
public final class Cancellations {

    private final DataSource database;

    public Cancellations(DataSource database) {
        this.database = database;
    }

    /**
     * Gives the order the status CANCELLED and its amount back to the customer, once, however often and by however many
     * it is asked. An order that is not there is left alone.
     *
     * @throws SQLException when the database fails; asked again, it cancels or knows
     */
    public void cancel(Order order) throws SQLException {
        throw new Todo(5, "Cancel the order and give the money back, in one transaction, once.");
    }
}

package mqworkbook.delay;

import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import mqworkbook.delay.order.OrderTables;
import mqworkbook.workbench.judge.Todo;

/**
 * Decides what becomes of an order, in the tables of {@link OrderTables}. Payments and timeouts come at the same moment, twice,
 * and by several processes; whoever is first wins, and the other one is told so.
 */
public final class OrderBook {

    private final DataSource database;

    public OrderBook(DataSource database) {
        this.database = database;
    }

    /**
     * The customer has paid. An order that is still unpaid is paid now, also after its deadline.
     *
     * @return whether the order is paid with this very payment, by this call or an earlier one; if not, the money goes back
     */
    public boolean pay(String orderId, String paymentId) throws SQLException {
        throw new Todo(2, "Set an unpaid order to paid with this payment, in one step that nobody can come between.");
    }

    /**
     * The order's time may be over. If it is unpaid, and its deadline has come, it is cancelled, and its units go back to the
     * stock: both, or neither.
     *
     * @return whether this call has cancelled it
     */
    public boolean expire(String orderId, Instant now) throws SQLException {
        throw new Todo(2, "Cancel the order if it is unpaid and due, and give its units back, in one transaction.");
    }
}

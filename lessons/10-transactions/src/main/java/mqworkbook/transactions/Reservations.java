package mqworkbook.transactions;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Decision;
import mqworkbook.transactions.shop.Order;
import mqworkbook.workbench.judge.Todo;

/** The stock service's database: what there is, and what was decided about each order. */
public final class Reservations {

    private final DataSource database;

    public Reservations(DataSource database) {
        this.database = database;
    }

    /** Makes the tables that you need. {@code stock} is there. */
    public void createTables() throws SQLException {
        throw new Todo(4, "Create a table that tells of each order what was decided.");
    }

    /**
     * Takes the order's units from the stock, if there are enough. Decides once for each order, however often and by
     * however many it is asked.
     *
     * @return what was decided, now or before
     * @throws SQLException when the database fails; asked again, it decides or knows
     */
    public Decision decide(Order order) throws SQLException {
        throw new Todo(
                4, "Decide about the order and take its units in one transaction, and remember what was decided.");
    }
}

package mqworkbook.transactions.shop;

/** The shop says no to an order, and nothing of it is in the database. */
public class OrderRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public OrderRefusedException(String reason) {
        super(reason);
    }
}

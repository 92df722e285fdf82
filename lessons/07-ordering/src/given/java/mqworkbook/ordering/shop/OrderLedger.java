package mqworkbook.ordering.shop;

import java.util.List;
import java.util.function.Consumer;

/** The database of whoever follows the orders. */
public interface OrderLedger {

    /**
     * Runs the work in one transaction, with the order's row locked: nobody else reads or writes this order meanwhile.
     * When the work throws, nothing of it is kept, and the exception goes on.
     */
    void update(String orderId, Consumer<Entry> work);

    /** One order, within a transaction. */
    interface Entry {

        /** What was applied, first to last. */
        List<OrderEvent> applied();

        /** Applies a change: stock is moved, the customer is told. */
        void apply(OrderEvent change);

        /** What is parked, by number. */
        List<OrderEvent> parked();

        /** Parks a change; one that is parked already is kept once, with the new reason. */
        void park(OrderEvent change, Reason reason);

        /** Takes a change out of the parking lot. */
        void unpark(OrderEvent change);
    }
}

package mqworkbook.ordering.shop;

import java.util.List;
import java.util.Optional;

/** The order service's database. All nodes of the service share it. */
public interface OrderStore {

    /** The last change of an order; empty when there is no such order. */
    Optional<OrderEvent> last(String orderId);

    /**
     * Saves a change, and remembers it as unsent, in one transaction.
     *
     * @throws ConcurrentChangeException if its number is not the one after the last
     */
    void save(OrderEvent change);

    /** The changes of an order that are not marked as sent, by their numbers. */
    List<OrderEvent> unsent(String orderId);

    /** The change is in its queue. */
    void markSent(OrderEvent change);

    /**
     * Runs the action while the order's row is locked: one at a time for each order, over all nodes. If the node dies,
     * the database lets go.
     */
    void locked(String orderId, Runnable action);
}

package mqworkbook.ordering;

import mqworkbook.ordering.shop.IllegalChangeException;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.OrderStore;
import mqworkbook.workbench.judge.Todo;

/** One of many nodes that decide on changes of the same orders, and tell the others. */
public final class SharedOrderService {

    private final OrderStore store;
    private final OrderPublisher publisher;

    public SharedOrderService(OrderStore store, OrderPublisher publisher) {
        this.store = store;
        this.publisher = publisher;
    }

    /**
     * Brings an order to a new state, whoever else changes it at the same time, and delivers what is unsent of it.
     *
     * @return the change
     * @throws IllegalChangeException if the order cannot go there, or not any more; nothing is saved
     * @throws NotSentException if the change is saved, and not known to be in its queue; it stays unsent
     */
    public OrderEvent change(String orderId, OrderState state) {
        throw new Todo(5, "Decide and save until nobody else was quicker; then deliver what is unsent.");
    }

    /**
     * Sends what is unsent of an order: by number, each when the one before it is known to be in the queue, on one node at
     * a time. Called by {@link #change}, and by a sweeper for orders that have stood still for a while.
     *
     * @throws NotSentException if one is not known to be in its queue; it and all after it stay unsent
     */
    public void deliver(String orderId) {
        throw new Todo(5, "Send what is unsent of the order, in its sequence, on one node at a time.");
    }
}

package mqworkbook.ordering;

import mqworkbook.ordering.shop.IllegalChangeException;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.OrderStore;
import mqworkbook.workbench.judge.Todo;

/** Decides on changes of orders, and tells the others. */
public final class OrderService {

    private final OrderStore store;
    private final OrderPublisher publisher;

    public OrderService(OrderStore store, OrderPublisher publisher) {
        this.store = store;
        this.publisher = publisher;
    }

    /**
     * Brings an order to a new state: saves the change with its number, publishes it, and marks it as sent.
     *
     * @return the change
     * @throws IllegalChangeException if the order cannot go there; nothing is saved or sent
     * @throws NotSentException if the change is saved, and not known to be in its queue; it stays unsent
     */
    public OrderEvent change(String orderId, OrderState state) {
        throw new Todo(1, "Decide on the change, give it its number, save it, publish it, and mark it as sent.");
    }
}

// Mistake:   number-taken-anew
// Wrong:     After a lost race the number is taken anew, and not the decision.
// Shows as:  A customer has cancelled, and is charged a second later. The parcel is sent.
// Caught in: step 5
// Says:      "A cancelled order was paid"
package mqworkbook.ordering;

import java.util.Optional;
import mqworkbook.ordering.shop.ConcurrentChangeException;
import mqworkbook.ordering.shop.IllegalChangeException;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.OrderStore;

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
        OrderEvent change = save(orderId, state);
        deliver(orderId);
        return change;
    }

    /**
     * Sends what is unsent of an order: by number, each when the one before it is known to be in the queue, on one node at
     * a time. Called by {@link #change}, and by a sweeper for orders that have stood still for a while.
     *
     * @throws NotSentException if one is not known to be in its queue; it and all after it stay unsent
     */
    public void deliver(String orderId) {
        store.locked(orderId, () -> {
            for (OrderEvent change : store.unsent(orderId)) {
                publisher.publish(change);
                store.markSent(change);
            }
        });
    }

    private OrderEvent save(String orderId, OrderState state) {
        while (true) {
            OrderEvent change = decide(orderId, state);
            try {
                store.save(change);
                return change;
            } catch (ConcurrentChangeException e) {
                OrderEvent next = new OrderEvent(
                        orderId, store.last(orderId).orElseThrow().sequence() + 1, state);
                store.save(next);
                return next;
            }
        }
    }

    private OrderEvent decide(String orderId, OrderState state) {
        Optional<OrderEvent> last = store.last(orderId);
        if (!state.mayFollow(last.map(OrderEvent::state))) {
            throw new IllegalChangeException(orderId + " cannot become " + state + ", it is "
                    + last.map(OrderEvent::state).map(Enum::name).orElse("unknown"));
        }
        return new OrderEvent(orderId, last.map(OrderEvent::sequence).orElse(0L) + 1, state);
    }
}

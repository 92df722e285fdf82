// Mistake:   clock-for-a-number
// Wrong:     The number of a change is the time at which it was decided.
// Shows as:  Two changes within a millisecond, or a clock that is set back, and the older state wins. Nobody sees a
// gap.
// Caught in: step 1
// Says:      "numbered 1, 2, 3"; "in place of a number"
package mqworkbook.ordering;

import java.util.Optional;
import mqworkbook.ordering.shop.IllegalChangeException;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.OrderStore;

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
        OrderEvent change = decide(orderId, state);
        store.save(change);
        publisher.publish(change);
        store.markSent(change);
        return change;
    }

    private OrderEvent decide(String orderId, OrderState state) {
        Optional<OrderEvent> last = store.last(orderId);
        if (!state.mayFollow(last.map(OrderEvent::state))) {
            throw new IllegalChangeException(orderId + " cannot become " + state + ", it is "
                    + last.map(OrderEvent::state).map(Enum::name).orElse("unknown"));
        }
        return new OrderEvent(orderId, System.currentTimeMillis(), state);
    }
}

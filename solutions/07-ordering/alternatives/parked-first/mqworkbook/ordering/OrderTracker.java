// Alternative: whatever is new is parked, and then all that can be is taken out of the parking lot. One way for all
// cases, so
// a change that comes in time is no special case; one more write for each of them.
package mqworkbook.ordering;

import java.util.List;
import java.util.Optional;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderLedger;
import mqworkbook.ordering.shop.OrderLedger.Entry;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.Reason;

/** Follows each order: applies its changes in their sequence, each once, and parks what cannot be applied. */
public final class OrderTracker implements OrderHandler {

    private final OrderLedger ledger;

    public OrderTracker(OrderLedger ledger) {
        this.ledger = ledger;
    }

    /** Deals with a change that may come more than once, too early, or against the rules. */
    @Override
    public void handle(OrderEvent change) {
        ledger.update(change.orderId(), entry -> {
            if (entry.applied().contains(change)) {
                return;
            }
            entry.park(change, reason(change, entry.applied().size()));
            while (applyOne(entry)) {
                // As long as one follows another.
            }
        });
    }

    private static boolean applyOne(Entry entry) {
        List<OrderEvent> applied = entry.applied();
        Optional<OrderState> state = applied.stream().map(OrderEvent::state).reduce((earlier, later) -> later);
        for (OrderEvent waiting : entry.parked()) {
            if (waiting.sequence() == applied.size() + 1 && waiting.state().mayFollow(state)) {
                entry.apply(waiting);
                entry.unpark(waiting);
                return true;
            }
        }
        return false;
    }

    private static Reason reason(OrderEvent change, int applied) {
        if (change.sequence() <= applied) {
            return Reason.CONFLICT;
        }
        return change.sequence() == applied + 1 ? Reason.ILLEGAL : Reason.GAP;
    }
}

// Mistake:   gap-holds-up
// Wrong:     A change that comes too early is an exception, so that it comes again.
// Shows as:  What it waits for is behind it in the same queue: the queue stands still for ever, with all its orders.
// Caught in: step 3
// Says:      "holds up its queue"
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
            take(entry, change);
            // One that was waiting may be next now, and another one after it.
            for (Optional<OrderEvent> next = next(entry); next.isPresent(); next = next(entry)) {
                entry.unpark(next.get());
                entry.apply(next.get());
            }
        });
    }

    private static void take(Entry entry, OrderEvent change) {
        List<OrderEvent> applied = entry.applied();
        if (change.sequence() <= applied.size()) {
            if (!applied.get((int) change.sequence() - 1).equals(change)) {
                entry.park(change, Reason.CONFLICT);
            }
        } else if (change.sequence() > applied.size() + 1) {
            throw new IllegalStateException(change + " comes too early");
        } else if (isLegal(change, applied)) {
            // It may have been parked before, when it came too early.
            entry.unpark(change);
            entry.apply(change);
        } else {
            entry.park(change, Reason.ILLEGAL);
        }
    }

    private static Optional<OrderEvent> next(Entry entry) {
        List<OrderEvent> applied = entry.applied();
        return entry.parked().stream()
                .filter(waiting -> waiting.sequence() == applied.size() + 1 && isLegal(waiting, applied))
                .findFirst();
    }

    private static boolean isLegal(OrderEvent change, List<OrderEvent> applied) {
        Optional<OrderState> state = applied.isEmpty()
                ? Optional.empty()
                : Optional.of(applied.get(applied.size() - 1).state());
        return change.state().mayFollow(state);
    }
}

package mqworkbook.ordering;

import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderLedger;
import mqworkbook.workbench.judge.Todo;

/** Follows each order: applies its changes in their sequence, each once, and parks what cannot be applied. */
public final class OrderTracker implements OrderHandler {

    private final OrderLedger ledger;

    public OrderTracker(OrderLedger ledger) {
        this.ledger = ledger;
    }

    /** Deals with a change that may come more than once, too early, or against the rules. */
    @Override
    public void handle(OrderEvent change) {
        throw new Todo(3, "Apply the change if it is the next one, and whatever has waited for it; park what is not.");
    }
}

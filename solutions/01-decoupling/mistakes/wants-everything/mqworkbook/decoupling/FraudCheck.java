// Mistake:   wants-everything
// Wrong:     The fraud check binds to all order events.
// Shows as:  Cancelled orders are put on the desk.
// Caught in: step 5
// Says:      "wrong events"
package mqworkbook.decoupling;

import java.math.BigDecimal;
import java.util.Set;
import mqworkbook.decoupling.shop.FraudDesk;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Subscriber;

/** The fifth subscriber: puts placed orders of an amount above the limit on the fraud desk. */
public final class FraudCheck implements Subscriber {

    private final FraudDesk desk;
    private final BigDecimal limit;

    public FraudCheck(FraudDesk desk, BigDecimal limit) {
        this.desk = desk;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "fraud-check";
    }

    /** Placed orders, and nothing else. */
    @Override
    public Set<String> bindingKeys() {
        return Set.of("order.#");
    }

    @Override
    public void handle(OrderEvent event) {
        if (event.amount().compareTo(limit) > 0) {
            desk.review(event.orderId(), event.amount() + " is above " + limit);
        }
    }
}

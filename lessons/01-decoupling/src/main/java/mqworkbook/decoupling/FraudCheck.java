package mqworkbook.decoupling;

import java.math.BigDecimal;
import java.util.Set;
import mqworkbook.decoupling.shop.FraudDesk;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Subscriber;
import mqworkbook.workbench.judge.Todo;

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
        throw new Todo(5, "Say which events the fraud check wants.");
    }

    @Override
    public void handle(OrderEvent event) {
        throw new Todo(5, "Put an order above the limit on the fraud desk.");
    }
}

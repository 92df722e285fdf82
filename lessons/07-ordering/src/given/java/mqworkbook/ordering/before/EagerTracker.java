package mqworkbook.ordering.before;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderState;

/** Follows the orders as it is done today: each message on the next free thread, and what came last is true. */
public final class EagerTracker {

    private final Map<String, OrderState> states = new ConcurrentHashMap<>();
    private final Executor pool;
    private final OrderHandler work;

    public EagerTracker(Executor pool, OrderHandler work) {
        this.pool = pool;
        this.work = work;
    }

    /** Called for each message, in the order in which they come. */
    public void received(OrderEvent change) {
        pool.execute(() -> {
            try {
                work.handle(change);
                states.put(change.orderId(), change.state());
            } catch (Exception e) {
                // "It is in the log file." The next message will bring the order's state.
            }
        });
    }

    /** Where the order stands. */
    public Optional<OrderState> state(String orderId) {
        return Optional.ofNullable(states.get(orderId));
    }
}

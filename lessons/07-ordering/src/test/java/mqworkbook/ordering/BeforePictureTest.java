package mqworkbook.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import mqworkbook.ordering.before.EagerTracker;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without an order. These tests pass: they describe the problem. */
@DisplayName("Before: each message on the next free thread, and what came last is true")
class BeforePictureTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final OrderEvent placed = new OrderEvent("O-1", 1, OrderState.PLACED);
    private final OrderEvent paid = new OrderEvent("O-1", 2, OrderState.PAID);
    private final OrderEvent shipped = new OrderEvent("O-1", 3, OrderState.SHIPPED);

    @Test
    @DisplayName("an order that was shipped turns back to \"paid\", because a thread was slower than the next")
    void turnsBack() {
        EagerTracker tracker = tracker(change -> {});
        tracker.received(placed);
        tracker.received(paid);
        tracker.received(shipped);
        threads.removeFirst().run();
        Runnable slower = threads.removeFirst();
        threads.removeFirst().run();
        slower.run();

        assertThat(tracker.state("O-1")).contains(OrderState.PAID);
    }

    @Test
    @DisplayName("a change that failed once is gone, and its successor is applied on nothing")
    void skipped() {
        EagerTracker tracker = tracker(change -> {
            if (change.equals(paid)) {
                throw new IllegalStateException("ledger: connection refused");
            }
        });
        tracker.received(placed);
        tracker.received(paid);
        tracker.received(shipped);
        threads.forEach(Runnable::run);

        assertThat(tracker.state("O-1")).contains(OrderState.SHIPPED);
    }

    @Test
    @DisplayName("a message that comes twice turns the order back")
    void twice() {
        EagerTracker tracker = tracker(change -> {});
        tracker.received(placed);
        tracker.received(paid);
        tracker.received(shipped);
        tracker.received(paid);
        threads.forEach(Runnable::run);

        assertThat(tracker.state("O-1")).contains(OrderState.PAID);
    }

    private EagerTracker tracker(OrderHandler work) {
        return new EagerTracker(threads::addLast, work);
    }
}

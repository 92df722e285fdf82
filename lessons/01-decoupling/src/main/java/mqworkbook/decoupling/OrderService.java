package mqworkbook.decoupling;

import java.time.Clock;
import mqworkbook.decoupling.shop.Order;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderStore;
import mqworkbook.decoupling.shop.PublishException;
import mqworkbook.workbench.judge.Todo;

/** Takes orders. It does not know who is interested in them. */
public final class OrderService {

    private final OrderStore store;
    private final OrderPublisher publisher;
    private final Clock clock;

    public OrderService(OrderStore store, OrderPublisher publisher, Clock clock) {
        this.store = store;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Saves the order, then tells the world.
     *
     * @return the event that was published
     * @throws PublishException if the order is saved, and its event not known to be in its queues
     */
    public OrderEvent place(Order order) {
        throw new Todo(3, "Save the order together with its event, publish the event, mark it as published.");
    }

    /**
     * Publishes again what is saved and not marked as published. Called after a start and now and then, so it may find
     * the broker away: then the events stay for the next call.
     *
     * @return how many events are now confirmed
     */
    public int resendUnpublished() {
        throw new Todo(6, "Publish the saved events that were never confirmed, and mark those that are now.");
    }
}

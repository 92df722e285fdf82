package mqworkbook.decoupling;

import java.time.Clock;
import java.util.Map;
import mqworkbook.decoupling.shop.Order;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderStore;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.decoupling.shop.PublishException;

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
        OrderEvent event = OrderEvent.placed(order, clock.instant());
        store.save(order, event);
        publisher.publish(event);
        store.markPublished(event.eventId());
        return event;
    }

    /**
     * Publishes again what is saved and not marked as published. Called after a start and now and then, so it may find
     * the broker away: then the events stay for the next call.
     *
     * @return how many events are now confirmed
     */
    public int resendUnpublished() {
        // Same event, same id: the first copy may have arrived, and the id is how a subscriber knows.
        Map<String, Outcome> outcomes = publisher.publishAll(store.unpublished());
        outcomes.values().removeIf(outcome -> outcome != Outcome.CONFIRMED);
        outcomes.keySet().forEach(store::markPublished);
        return outcomes.size();
    }
}

package mqworkbook.decoupling.shop;

import java.util.List;

/** The order service's own database. */
public interface OrderStore {

    /** Stores the order, and the event as not yet published, in one transaction. Throws if neither was stored. */
    void save(Order order, OrderEvent event);

    /** Notes that the event is in its queues. */
    void markPublished(String eventId);

    /** Events that were stored and never marked as published, oldest first. */
    List<OrderEvent> unpublished();
}

package mqworkbook.decoupling.before;

import java.util.function.Consumer;
import mqworkbook.decoupling.shop.Order;

/**
 * The order service before there was a queue. It knows everybody who is interested in an order, it fails when one of
 * them fails, and an order takes as long as all of them together.
 */
public final class DirectOrderService {

    private final Consumer<Order> database;
    private final Downstream inventory;
    private final Downstream points;
    private final Downstream email;
    private final Downstream analytics;

    // A fifth service that wants to hear of orders changes this constructor, place(), and every caller.
    public DirectOrderService(
            Consumer<Order> database, Downstream inventory, Downstream points, Downstream email, Downstream analytics) {
        this.database = database;
        this.inventory = inventory;
        this.points = points;
        this.email = email;
        this.analytics = analytics;
    }

    /** Places an order; returns when everybody has heard of it, and throws when one could not be told. */
    public void place(Order order) {
        database.accept(order);
        inventory.orderPlaced(order);
        points.orderPlaced(order);
        email.orderPlaced(order);
        analytics.orderPlaced(order);
    }
}

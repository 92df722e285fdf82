package mqworkbook.decoupling.before;

import mqworkbook.decoupling.shop.Order;

/** A service that the order service calls directly. */
public interface Downstream {

    void orderPlaced(Order order);
}

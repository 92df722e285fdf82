package mqworkbook.transactions.invoice;

import mqworkbook.transactions.shop.Order;

/** Works out invoices. Asked twice for one order, it gives the same. */
@FunctionalInterface
public interface Invoicer {

    /**
     * The invoice for an order.
     *
     * @throws RuntimeException when it cannot be worked out now; later it can
     */
    String invoice(Order order);
}

package mqworkbook.decoupling.shop;

import java.util.Set;

/** A team that wants to hear of orders: inventory, points, e-mail, analytics. */
public interface Subscriber {

    /** Unique name; instances of the same name share one queue and its work. */
    String name();

    /** Binding keys in the topic exchange: {@code order.placed}, {@code order.*}, {@code #}. */
    Set<String> bindingKeys();

    /** Does the work. It is not idempotent: stock is deducted each time that this is called. */
    void handle(OrderEvent event) throws Exception;
}

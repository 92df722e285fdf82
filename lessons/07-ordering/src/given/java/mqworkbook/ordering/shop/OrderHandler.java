package mqworkbook.ordering.shop;

/** What is to be done with each change of an order. */
@FunctionalInterface
public interface OrderHandler {

    /** Does it. When it throws, the change is not dealt with, and must come again before any later one of its order. */
    void handle(OrderEvent change) throws Exception;
}

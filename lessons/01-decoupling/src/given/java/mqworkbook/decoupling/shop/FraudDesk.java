package mqworkbook.decoupling.shop;

/** People who look at suspicious orders. */
public interface FraudDesk {

    /** Puts an order on their desk. */
    void review(String orderId, String reason);
}

package mqworkbook.transactions.shop;

/**
 * What a customer wants to buy.
 *
 * @param orderId made by the customer's browser, so that a second click has the same
 * @param amount what it costs altogether, in cents
 */
public record Order(String orderId, String customerId, String item, int quantity, long amount) {

    /** For messages to people. */
    public String text() {
        return orderId + " (" + quantity + " of " + item + ", " + customerId + ", " + amount + ")";
    }
}

package mqworkbook.peakshaving.sale;

/**
 * The names in Redis and on RabbitMQ that all programs have agreed on. The prefix keeps runs apart that share a server.
 * What stands in braces keeps all keys of a sale in one place of a Redis Cluster, so that one script may use them all.
 *
 * @param prefix put before each name; may be empty
 */
public record SaleNames(String prefix) {

    /** String: how many units nobody has reserved. Absent when there is no such sale. */
    public String stock(String saleId) {
        return key(saleId, "stock");
    }

    /**
     * Hash: for each user who has units of this sale, the purchase, as text. It stays when the order is made, so that
     * it is known who has bought.
     */
    public String reservations(String saleId) {
        return key(saleId, "reservations");
    }

    /** Set: the users who may buy. They have registered before the sale. */
    public String registered(String saleId) {
        return key(saleId, "registered");
    }

    /** Sorted set, for step 5: purchases that whoever reserved them is still about to publish, as text, with the time. */
    public String open(String saleId) {
        return key(saleId, "open");
    }

    /** Sorted set, for step 5: purchases that the reconciler has taken upon itself, as text, with the time. */
    public String taken(String saleId) {
        return key(saleId, "taken");
    }

    /** Queue: purchases that are to become orders, each as text. */
    public String orders() {
        return prefix + "orders";
    }

    /** Queue: messages that are no purchase. */
    public String deadLetters() {
        return prefix + "orders.dead";
    }

    private String key(String saleId, String what) {
        return prefix + "{" + saleId + "}." + what;
    }
}

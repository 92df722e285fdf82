package mqworkbook.decoupling.shop;

/**
 * The names on the broker that all teams have agreed on. The prefix keeps runs apart that share a broker.
 *
 * @param prefix put before each name; may be empty
 */
public record OrderNames(String prefix) {

    /** The topic exchange that order events are published to. */
    public String exchange() {
        return prefix + "orders";
    }

    /** The exchange that rejected messages go to. */
    public String deadLetterExchange() {
        return prefix + "orders.dead";
    }

    /** The queue of one subscriber. */
    public String queue(String subscriber) {
        return prefix + "orders." + subscriber;
    }

    /** Where one subscriber's rejected messages end, and nobody else's. */
    public String deadLetterQueue(String subscriber) {
        return prefix + "orders." + subscriber + ".dead";
    }
}

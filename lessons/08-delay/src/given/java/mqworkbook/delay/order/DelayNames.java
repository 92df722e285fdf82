package mqworkbook.delay.order;

import java.time.Duration;

/**
 * The names on the brokers that all teams have agreed on. The prefix keeps runs apart that share a broker.
 *
 * @param prefix put before each name; may be empty
 */
public record DelayNames(String prefix) {

    /** RabbitMQ: the queue of timeouts that have waited long enough. */
    public String dueQueue() {
        return prefix + "orders.timeouts.due";
    }

    /** RabbitMQ: the queue in which a timeout waits for so long. */
    public String waitQueue(Duration wait) {
        return prefix + "orders.timeouts.wait." + wait.toMillis();
    }

    /** Redis: the sorted set of timeouts. */
    public String waitingKey() {
        return prefix + "orders.timeouts";
    }

    /** RocketMQ: the topic of timeouts, and the group of those who consume it. */
    public String topic() {
        return prefix + "orders-timeouts";
    }
}

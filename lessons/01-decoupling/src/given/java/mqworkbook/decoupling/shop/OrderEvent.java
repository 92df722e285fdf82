package mqworkbook.decoupling.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Something that happened to an order. This is a contract with teams that the order service does not know.
 *
 * <p>As JSON: one object in UTF-8 whose fields have the names of these components; {@code occurredAt} is ISO-8601 text,
 * {@code amount} a JSON number, {@code version} counts the changes of the contract. Later versions may add fields.
 *
 * @param eventId unique for each event, and the same each time that this event is sent
 * @param type what happened, in the past tense; also the routing key
 * @param version version of the contract, from 1
 * @param occurredAt when it happened, by the order service's clock
 */
public record OrderEvent(
        String eventId,
        String type,
        int version,
        Instant occurredAt,
        String orderId,
        String userId,
        BigDecimal amount) {

    public static final String PLACED = "order.placed";
    public static final String CANCELLED = "order.cancelled";

    public OrderEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(amount, "amount");
    }

    /** The event "this order was placed", with a new event id. */
    public static OrderEvent placed(Order order, Instant occurredAt) {
        return new OrderEvent(
                UUID.randomUUID().toString(), PLACED, 1, occurredAt, order.orderId(), order.userId(), order.amount());
    }
}

// Alternative: the JSON tree read by hand, each field checked, in place of data binding.
package mqworkbook.decoupling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import mqworkbook.decoupling.shop.InvalidEventException;
import mqworkbook.decoupling.shop.OrderEvent;

/** Turns order events into JSON and back. The contract stands at {@link OrderEvent}. */
public final class EventCodec {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** The event as JSON, in UTF-8. */
    public byte[] write(OrderEvent event) {
        try {
            return JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("eventId", event.eventId())
                    .put("type", event.type())
                    .put("version", event.version())
                    .put("occurredAt", event.occurredAt().toString())
                    .put("orderId", event.orderId())
                    .put("userId", event.userId())
                    .put("amount", event.amount()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads an event; fields that this version does not know are ignored.
     *
     * @throws InvalidEventException if the body is no JSON object, or a field of the contract is missing or malformed
     */
    public OrderEvent read(byte[] body) throws InvalidEventException {
        try {
            JsonNode json = JSON.readTree(body);
            return new OrderEvent(
                    text(json, "eventId"),
                    text(json, "type"),
                    number(json, "version").intValue(),
                    Instant.parse(text(json, "occurredAt")),
                    text(json, "orderId"),
                    text(json, "userId"),
                    number(json, "amount").decimalValue());
        } catch (IOException | DateTimeException e) {
            throw new InvalidEventException("Not an order event: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode json, String field) throws InvalidEventException {
        if (json == null || !json.path(field).isTextual()) {
            throw new InvalidEventException(field + " is missing or no text");
        }
        return json.get(field).textValue();
    }

    private static JsonNode number(JsonNode json, String field) throws InvalidEventException {
        if (!json.path(field).isNumber()) {
            throw new InvalidEventException(field + " is missing or no number");
        }
        return json.get(field);
    }
}

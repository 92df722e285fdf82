// Mistake:   dates-as-numbers
// Wrong:     Times are written as the library likes: as a number of seconds.
// Shows as:  The analytics team, in another language, reads 1772366400.123 as milliseconds, and all orders are from
//            1970.
// Caught in: step 1
// Says:      "occurredAt"; "as the contract says"
package mqworkbook.decoupling;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import mqworkbook.decoupling.shop.InvalidEventException;
import mqworkbook.decoupling.shop.OrderEvent;

/** Turns order events into JSON and back. The contract stands at {@link OrderEvent}. */
public final class EventCodec {

    // Tolerant of what is new, strict about what is missing: a reader must not break when the contract grows.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The event as JSON, in UTF-8. */
    public byte[] write(OrderEvent event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (IOException e) {
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
            OrderEvent event = JSON.readValue(body, OrderEvent.class);
            if (event == null) {
                throw new InvalidEventException("The body is JSON null, not an order event");
            }
            return event;
        } catch (IOException e) {
            throw new InvalidEventException("Not an order event: " + e.getMessage(), e);
        }
    }
}

// Mistake:   lenient-reader
// Wrong:     A missing number becomes 0, and a runtime exception of the reader stands for "not an event".
// Shows as:  A message of another program ends up as a failure of the subscriber, is retried for ever, or is handled
//            with holes.
// Caught in: step 1
// Says:      "no event"
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
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
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

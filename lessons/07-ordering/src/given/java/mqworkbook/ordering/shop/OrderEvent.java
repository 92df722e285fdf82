package mqworkbook.ordering.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;

/**
 * One change of an order. Each order has its own numbers: 1, 2, 3 and so on, without a gap.
 *
 * @param orderId the key: what has the same one keeps its order
 * @param sequence the number of the change within its order, given where the change is decided
 * @param state where the order stands after it
 */
public record OrderEvent(String orderId, long sequence, OrderState state) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public OrderEvent {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(state, "state");
        if (sequence < 1) {
            throw new IllegalArgumentException("Changes are numbered from 1, not " + sequence);
        }
    }

    /** The body of a message. */
    public byte[] write() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(this + " cannot be written", e);
        }
    }

    /**
     * Reads the body of a message.
     *
     * @throws IllegalArgumentException if it is no change of an order
     */
    public static OrderEvent read(byte[] body) {
        try {
            return JSON.readValue(body, OrderEvent.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("This is no change of an order", e);
        }
    }

    @Override
    public String toString() {
        return orderId + " #" + sequence + " " + state;
    }
}

package mqworkbook.transactions.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.rocketmq.common.message.Message;

/** The messages about orders: a contract with other teams. Each has the order as JSON, and its id as key. */
public final class OrderMessages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OrderMessages() {}

    /** "This order was placed", to be sent to {@link ShopNames#orders()}. */
    public static Message placed(ShopNames names, Order order) {
        return new Message(names.orders(), "PLACED", order.orderId(), body(order));
    }

    /** "There is no stock for this order", to be sent to {@link ShopNames#refusals()}. */
    public static Message refused(ShopNames names, Order order) {
        return new Message(names.refusals(), "REFUSED", order.orderId(), body(order));
    }

    /** The order that a message is about. */
    public static Order order(Message message) {
        return read(message.getBody());
    }

    /** An order as the body of a message. */
    public static byte[] body(Order order) {
        try {
            return JSON.writeValueAsBytes(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The order in the body of a message. */
    public static Order read(byte[] body) {
        try {
            return JSON.readValue(body, Order.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("This is no order", e);
        }
    }
}

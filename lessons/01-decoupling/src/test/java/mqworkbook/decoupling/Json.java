package mqworkbook.decoupling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import mqworkbook.decoupling.shop.OrderEvent;

/** The contract as another team's program writes and reads it, without the learner's codec. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private Json() {}

    static byte[] of(OrderEvent event) {
        return bytes(object(event));
    }

    static ObjectNode object(OrderEvent event) {
        return MAPPER.createObjectNode()
                .put("eventId", event.eventId())
                .put("type", event.type())
                .put("version", event.version())
                .put("occurredAt", event.occurredAt().toString())
                .put("orderId", event.orderId())
                .put("userId", event.userId())
                .put("amount", event.amount());
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(byte[] body) throws IOException {
        return MAPPER.readTree(body);
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The event id in a body, or the whole body if it is no event. */
    static String eventId(byte[] body) {
        try {
            JsonNode id = parse(body).get("eventId");
            return id == null ? text(body) : id.asText();
        } catch (IOException e) {
            return text(body);
        }
    }
}

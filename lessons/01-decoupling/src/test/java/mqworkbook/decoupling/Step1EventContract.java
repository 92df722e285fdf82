package mqworkbook.decoupling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.decoupling.shop.InvalidEventException;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class Step1EventContract {

    private static final OrderEvent EVENT = new OrderEvent(
            "5f0c-17",
            OrderEvent.PLACED,
            1,
            Instant.parse("2026-03-01T12:00:00.123Z"),
            "O-17",
            "user-7",
            new BigDecimal("19.90"));

    private final EventCodec codec = new EventCodec();

    @Test
    @Order(1)
    @DisplayName("an event is written as JSON that other teams can read")
    void written() throws IOException {
        byte[] body = codec.write(EVENT);
        JsonNode json = parsed(body);
        expectText(json, "eventId", EVENT.eventId());
        expectText(json, "type", EVENT.type());
        expectText(json, "orderId", EVENT.orderId());
        expectText(json, "userId", EVENT.userId());
        if (!json.path("version").isIntegralNumber() || json.path("version").intValue() != 1) {
            throw wrongField(json, "version", "the number 1");
        }
        if (!json.path("occurredAt").isTextual() || !EVENT.occurredAt().equals(instant(json.path("occurredAt")))) {
            throw wrongField(json, "occurredAt", "ISO-8601 text: \"2026-03-01T12:00:00.123Z\"")
                    .suspect("the JSON library's default for dates, which is a number");
        }
        if (!json.path("amount").isNumber()
                || json.path("amount").decimalValue().compareTo(EVENT.amount()) != 0) {
            throw wrongField(json, "amount", "the number 19.90");
        }
    }

    @Test
    @Order(2)
    @DisplayName("an event that another team wrote is read, field by field")
    void read() throws Exception {
        EventContract.expectSame(EVENT, codec.read(Json.of(EVENT)));
    }

    @Test
    @Order(3)
    @DisplayName("fields of a later version are ignored")
    void unknownFieldsAreIgnored() {
        ObjectNode later = Json.object(EVENT).put("version", 2).put("coupon", "SPRING");
        later.putObject("shipping").put("country", "CH").putArray("notes").add("ring twice");
        try {
            OrderEvent event = codec.read(Json.bytes(later));
            if (event.version() != 2 || !event.orderId().equals(EVENT.orderId())) {
                throw Wrong.that("An event of version 2 was read wrongly").seen("read " + event + " from " + later);
            }
        } catch (InvalidEventException e) {
            throw EventContract.refusedLaterVersion(later.toString(), e);
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(4)
    @DisplayName("what is no event is refused as such")
    @ValueSource(strings = {"", "order 17, please", "null", "[]", "{}", "{\"eventId\":\"E-1\"}", "{\"eventId\":"})
    void notAnEvent(String body) {
        expectInvalid(body.getBytes(StandardCharsets.UTF_8), body);
    }

    @Test
    @Order(5)
    @DisplayName("an event without a field of the contract is refused")
    void missingFields() {
        for (String field : List.of("eventId", "type", "version", "occurredAt", "orderId", "userId", "amount")) {
            ObjectNode incomplete = Json.object(EVENT);
            incomplete.remove(field);
            expectInvalid(Json.bytes(incomplete), "an event without " + field);
        }
    }

    @TestFactory
    @Order(6)
    @DisplayName("for any event")
    Stream<DynamicTest> properties() {
        return StepProperties.of(EventContractProperties.class);
    }

    private void expectInvalid(byte[] body, String what) {
        OrderEvent event;
        try {
            event = codec.read(body);
        } catch (InvalidEventException expected) {
            return;
        } catch (UnsupportedOperationException todo) {
            throw todo;
        } catch (RuntimeException e) {
            throw Wrong.that("A body that is no event must be reported as InvalidEventException")
                    .seen("read(" + what + ") threw " + e)
                    .means("The subscriber takes it for a failure of its own, and not for a message to set aside.");
        }
        throw Wrong.that("A body that is no event was read as if it were one")
                .seen("read(" + what + ") returned " + event)
                .means("The subscriber works with holes: it ships to nobody, or charges nothing.");
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode json = Json.parse(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // Reported below, with the body.
        }
        throw Wrong.that("The event is not written as one JSON object")
                .seen(Json.text(body))
                .means("Teams in other languages cannot read it.");
    }

    private static void expectText(JsonNode json, String field, String value) {
        if (!json.path(field).isTextual() || !json.path(field).textValue().equals(value)) {
            throw wrongField(json, field, "\"" + value + "\"");
        }
    }

    private static Wrong wrongField(JsonNode json, String field, String expected) {
        return Wrong.that("The field " + field + " is not as the contract says")
                .seen(field + " is " + (json.has(field) ? json.get(field) : "missing") + " in " + json)
                .means("Subscribers that follow the contract expect " + expected + ".");
    }

    private static Instant instant(JsonNode text) {
        try {
            return Instant.parse(text.textValue());
        } catch (java.time.format.DateTimeParseException e) {
            return null;
        }
    }
}

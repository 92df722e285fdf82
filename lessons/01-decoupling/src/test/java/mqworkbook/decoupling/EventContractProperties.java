package mqworkbook.decoupling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import mqworkbook.decoupling.shop.InvalidEventException;
import mqworkbook.decoupling.shop.OrderEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class EventContractProperties {

    private final EventCodec codec = new EventCodec();

    @Property(tries = 1000)
    @Label("what is written is what is read")
    void roundTrip(@ForAll("events") OrderEvent event) throws InvalidEventException {
        Statistics.label("user id")
                .collect(event.userId().chars().allMatch(c -> c < 128) ? "ASCII" : "other letters")
                .coverage(coverage -> coverage.check("other letters").percentage(share -> share > 20));
        EventContract.expectSame(event, codec.read(codec.write(event)));
    }

    @Property(tries = 300)
    @Label("whatever fields a later version adds, the event is read")
    void laterVersions(@ForAll("events") OrderEvent event, @ForAll("newFields") Map<String, String> fields) {
        ObjectNode json = Json.object(event);
        fields.forEach((name, value) -> json.putObject("x" + name).put("value", value));
        try {
            EventContract.expectSame(event, codec.read(Json.bytes(json)));
        } catch (InvalidEventException e) {
            throw EventContract.refusedLaterVersion(json.toString(), e);
        }
    }

    @Provide
    Arbitrary<OrderEvent> events() {
        Arbitrary<String> ids = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(20);
        Arbitrary<String> users = Arbitraries.oneOf(
                ids, Arbitraries.strings().withCharRange('\u0020', '\u30ff').ofMaxLength(12));
        Arbitrary<String> types = Arbitraries.of(OrderEvent.PLACED, OrderEvent.CANCELLED, "order.paid");
        Arbitrary<Instant> times = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<BigDecimal> amounts = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("99999999999999999"))
                .ofScale(4);
        return Combinators.combine(ids, types, Arbitraries.integers().between(1, 9), times, ids, users, amounts)
                .as(OrderEvent::new);
    }

    @Provide
    Arbitrary<Map<String, String>> newFields() {
        Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
        return Arbitraries.maps(names, Arbitraries.strings().ofMaxLength(8))
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}

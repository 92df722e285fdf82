package mqworkbook.decoupling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class PublishProperties {

    private static final String NOBODY = Publishes.UNROUTABLE;
    private static final String FULL = "order.refused";

    private static RabbitMqFixture rabbit;
    private static Shop shop;
    private static Publishes publishes;

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        shop = new Shop(rabbit);
        shop.declare(shop.subscriber("inventory", OrderEvent.PLACED));
        publishes = new Publishes(shop);
        publishes.bindFullQueue(FULL);
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each event's outcome is its own, and what is confirmed is in the queue")
    void outcomes(@ForAll("types") List<String> types) throws Exception {
        Map<OrderEvent, Outcome> expected = new LinkedHashMap<>();
        for (String type : types) {
            expected.put(Shop.event(type), type.equals(OrderEvent.PLACED) ? Outcome.CONFIRMED : Outcome.REFUSED);
        }
        Statistics.label("fate").collect(expected.containsValue(Outcome.REFUSED) ? "with failures" : "all well");
        publishes.expect(expected, shop.publisher().publishAll(List.copyOf(expected.keySet())));

        List<String> confirmed = expected.keySet().stream()
                .filter(event -> expected.get(event) == Outcome.CONFIRMED)
                .map(OrderEvent::eventId)
                .sorted()
                .toList();
        List<String> arrived = shop.queues().drain(shop.names.queue("inventory")).stream()
                .map(message -> Json.eventId(message.getBody()))
                .sorted()
                .toList();
        if (!arrived.equals(confirmed)) {
            throw Wrong.that("What is confirmed is not what is in the queue")
                    .seen("confirmed " + confirmed + "\nin the queue of inventory " + arrived);
        }
    }

    @Provide
    Arbitrary<List<String>> types() {
        return Arbitraries.of(OrderEvent.PLACED, OrderEvent.PLACED, NOBODY, FULL)
                .list()
                .ofMaxSize(40);
    }
}

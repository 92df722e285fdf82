package mqworkbook.decoupling;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mqworkbook.decoupling.shop.OrderEvent;
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
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class TopologyProperties {

    private static RabbitMqFixture rabbit;
    private static int tries;

    @BeforeContainer
    static void open() {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each queue holds exactly the events that its bindings match")
    void routing(
            @ForAll("subscribers") Map<String, Set<String>> subscribers,
            @ForAll("types") @Size(min = 1, max = 6) List<String> types)
            throws Exception {
        Shop shop = new Shop(rabbit, rabbit.prefix() + tries++ + ".");
        TestSubscriber[] all = subscribers.entrySet().stream()
                .map(entry -> shop.subscriber(entry.getKey(), entry.getValue().toArray(String[]::new)))
                .toArray(TestSubscriber[]::new);
        shop.declare(all);
        List<OrderEvent> events = types.stream().map(Shop::event).toList();
        events.forEach(shop::publishFromOutside);
        for (TestSubscriber subscriber : all) {
            List<String> expected = events.stream()
                    .filter(event ->
                            subscriber.bindingKeys().stream().anyMatch(key -> TopicMatch.matches(key, event.type())))
                    .map(OrderEvent::eventId)
                    .toList();
            Statistics.label("wants")
                    .collect(expected.isEmpty() ? "none" : expected.size() == events.size() ? "all" : "some");
            expect(shop, subscriber, events, expected);
        }
    }

    private static void expect(
            Shop shop, TestSubscriber subscriber, List<OrderEvent> published, List<String> expected) {
        List<String> held = shop.queues().drain(shop.names.queue(subscriber.name())).stream()
                .map(message -> Json.eventId(message.getBody()))
                .sorted()
                .toList();
        if (!held.equals(expected.stream().sorted().toList())) {
            Map<String, String> types = new TreeMap<>();
            published.forEach(event -> types.put(event.eventId(), event.type()));
            throw Wrong.that("The queue of " + subscriber.name() + " does not hold the events that it asked for")
                    .seen("bound with " + subscriber.bindingKeys() + ", published " + types + "\nexpected " + expected
                            + ", found " + held)
                    .means("A subscriber misses events, or acts on events that are none of its business.");
        }
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> subscribers() {
        Arbitrary<String> keys =
                Arbitraries.of("order.placed", "order.*", "#", "order.#", "*.placed", "order.cancelled", "order.*.eu");
        return Arbitraries.maps(
                        Arbitraries.of("inventory", "points", "email", "analytics"),
                        keys.set().ofMinSize(1).ofMaxSize(3))
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<String>> types() {
        return Arbitraries.of("order.placed", "order.cancelled", "order.placed.eu", "order", "invoice.placed")
                .list();
    }
}

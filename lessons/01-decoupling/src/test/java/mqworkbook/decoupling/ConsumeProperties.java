package mqworkbook.decoupling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class ConsumeProperties {

    /** One order, how often its event is sent, and which subscribers cannot handle it. */
    record Case(int copies, Set<String> failingAt) {}

    private static final Set<String> POISONED = ConcurrentHashMap.newKeySet();

    private static RabbitMqFixture rabbit;
    private static Shop shop;
    private static List<TestSubscriber> subscribers;
    private static Balance balance;

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        shop = new Shop(rabbit);
        subscribers = new ArrayList<>();
        for (String name : List.of("inventory", "points", "email")) {
            TestSubscriber subscriber = shop.subscriber(name, OrderEvent.PLACED)
                    .failingOn(event -> POISONED.contains(name + " " + event.eventId()));
            subscribers.add(subscriber);
        }
        shop.declare(subscribers.toArray(TestSubscriber[]::new));
        for (TestSubscriber subscriber : subscribers) {
            shop.run(subscriber);
        }
        // One account for all tries, so that a late second effect is seen by a later one.
        balance = new Balance(shop, subscribers);
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("published = handled once + dead-lettered, for each subscriber")
    void conserved(@ForAll("cases") List<Case> cases) {
        Statistics.label("hard cases")
                .collect(
                        cases.stream().anyMatch(one -> one.copies() > 1) ? "with duplicates" : "no duplicates",
                        cases.stream().anyMatch(one -> !one.failingAt().isEmpty()) ? "with failures" : "no failures");
        for (Case one : cases) {
            OrderEvent event = Shop.placed();
            one.failingAt().forEach(name -> POISONED.add(name + " " + event.eventId()));
            balance.published(event, new HashSet<>(one.failingAt()));
            for (int copy = 0; copy < one.copies(); copy++) {
                shop.publishFromOutside(event);
            }
        }
        balance.expect();
    }

    @Provide
    Arbitrary<List<Case>> cases() {
        Arbitrary<Set<String>> failing =
                Arbitraries.of("inventory", "points", "email").set().ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(4, 1), net.jqwik.api.Tuple.of(1, 2)), failing)
                .as(Case::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}

package mqworkbook.ordering;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step6Expand {

    private static RocketMqFixture rocket;

    @BeforeAll
    static void open(RocketMqFixture opened) {
        rocket = opened;
    }

    @TestFactory
    @Order(1)
    @DisplayName("for any order id and any number of queues that are added")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(PinnedProperties.class);
    }

    @Test
    @Order(2)
    @DisplayName("queues are added while messages are in flight: an order stays where it is")
    void stays() {
        Shop shop = new Shop(rocket);
        try {
            List<List<OrderEvent>> orders =
                    Stream.generate(() -> Shop.way(Shop.newId(), 3)).limit(8).toList();
            OrderPublisher before = shop.publisher("node 1", new PinnedQueueSelector(Shop.QUEUES));
            orders.forEach(changes -> changes.subList(0, 2).forEach(before::publish));
            addQueues(shop, 2 * Shop.QUEUES);
            // A node that is started now knows all of them; the other one learns of them later.
            OrderPublisher after = shop.publisher("node 2", new PinnedQueueSelector(Shop.QUEUES));
            orders.forEach(changes -> after.publish(changes.get(2)));
            orders.forEach(changes -> Log.expect(shop, changes));
        } finally {
            shop.close();
        }
    }

    @Test
    @Order(3)
    @DisplayName(
            "where the selector was not pinned, the numbers protect the ledger: it holds the legal sequence all the same")
    void protectedByNumbers() throws Exception {
        Shop shop = new Shop(rocket);
        TestLedger ledger = new TestLedger();
        Consumers consumers = new Consumers(shop, dead -> new OrderTracker(ledger));
        try {
            List<OrderEvent> order = Shop.way(Shop.newId(), 4);
            // What the old queue and the new one hold after the change of their number, and the new one is read first.
            consumers.start("warehouse");
            consumers.send(1, order.subList(2, 4));
            Eventually.within(Shop.SOON)
                    .until(
                            "the later changes have come",
                            () -> ledger.parked(id(order)).size() == 2)
                    .orElse(() -> Wrong.that("Changes that come too early must be parked")
                            .seen("applied " + ledger.applied(id(order)) + ", parked " + ledger.parked(id(order))));
            consumers.send(0, order.subList(0, 2));
            Eventually.within(Shop.SOON)
                    .until("all is applied", () -> ledger.applied(id(order)).equals(order))
                    .orElse(() -> Wrong.that("The changes of an order must be applied in their sequence")
                            .seen("applied " + ledger.applied(id(order)) + ", parked " + ledger.parked(id(order))));
            Following.expect(ledger, id(order), Set.copyOf(order));
        } finally {
            consumers.close();
            shop.close();
        }
    }

    private static String id(List<OrderEvent> order) {
        return order.get(0).orderId();
    }

    /** As an operator does it; returns when a client that asks is told. */
    private static void addQueues(Shop shop, int queues) {
        shop.rocket().topics().create(shop.topic(), queues);
        DefaultMQProducer asking = shop.producer("operator");
        Eventually.within(Shop.SOON)
                .until(
                        "the topic has " + queues + " queues",
                        () -> asking.fetchPublishMessageQueues(shop.topic()).size() == queues)
                .orElse(() -> new IllegalStateException("The topic has no more queues than before"));
    }
}

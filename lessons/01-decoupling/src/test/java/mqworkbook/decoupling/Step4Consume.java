package mqworkbook.decoupling;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step4Consume {

    /** Attempts that are still bounded: a few retries in place are legal, a loop is not. */
    private static final int TOO_MANY = 5;

    private Shop shop;
    private TestSubscriber inventory;
    private TestSubscriber points;
    private String queue;
    private String deadLetters;

    @BeforeEach
    void open(RabbitMqFixture rabbit) throws Exception {
        shop = new Shop(rabbit);
        inventory = shop.subscriber("inventory", "order.*");
        points = shop.subscriber("points", OrderEvent.PLACED);
        shop.declare(inventory, points);
        queue = shop.names.queue("inventory");
        deadLetters = shop.names.deadLetterQueue("inventory");
    }

    @Test
    @Order(1)
    @DisplayName("each subscriber handles each event")
    void handled() throws Exception {
        List<OrderEvent> events = Shop.placed(5);
        events.forEach(shop::publishFromOutside);
        shop.run(inventory);
        shop.run(points);
        for (OrderEvent event : events) {
            shop.expectEffect(inventory, event);
            shop.expectEffect(points, event);
        }
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("an event whose subscriber dies before the work is done is delivered again")
    void diesMidWork() throws Exception {
        OrderEvent event = Shop.placed();
        OrderEvent next = Shop.placed();
        inventory.stuckOn(stuck -> stuck.eventId().equals(event.eventId()));
        shop.publishFromOutside(event);
        shop.publishFromOutside(next);
        shop.run(inventory);
        expectStuck();
        Eventually.never(
                "nothing is acknowledged while the work goes on",
                Shop.QUIET,
                () -> shop.settled("inventory") > inventory.effects(next.eventId()),
                () -> Wrong.that("An event was acknowledged before the work was done")
                        .seen(event.eventId() + " is still being handled, and its acknowledgement is already with the"
                                + " broker")
                        .means("The process dies now, and the order is never shipped: no queue holds it.")
                        .suspect("basicAck before the work, or with multiple=true while other events are at work"));
        shop.kill(inventory, "inventory");

        TestSubscriber successor = inventory.successor();
        int before = inventory.attempts(event.eventId());
        shop.run(successor, "inventory, restarted");
        Eventually.within(Shop.SOON)
                .until("the successor handles " + event.eventId(), () -> successor.effects(event.eventId()) == 1)
                .orElse(
                        () -> Wrong.that("inventory died at work, and the event is gone: it was acknowledged before the"
                                        + " work was done")
                                .seen(event.eventId()
                                        + " was being handled when the process died; its successor was given it "
                                        + (successor.attempts(event.eventId()) - before) + " times, handled it "
                                        + successor.effects(event.eventId()) + " times; the queue holds "
                                        + shop.queues().depth(queue) + " messages")
                                .means(
                                        "After each deploy a handful of orders were never shipped, and no queue holds them.")
                                .suspect(
                                        "autoAck=true, basicAck before the work, or an event remembered as handled before it was"));
    }

    @Test
    @Order(3)
    @DisplayName("an event is acknowledged when its work is done")
    void acknowledged() throws Exception {
        OrderEvent event = Shop.placed();
        shop.publishFromOutside(event);
        SubscriberRunner runner = shop.run(inventory);
        shop.expectEffect(inventory, event);
        // Leaving gives back what is not acknowledged, so the queue tells.
        Eventually.within(Shop.SOON)
                .until("the ack is on the wire", () -> shop.settled("inventory") > 0)
                .orElse(() -> Wrong.that("An event whose work is done is never acknowledged")
                        .seen("inventory handled " + event.eventId() + ", and sent neither ack nor reject")
                        .means(
                                "The broker keeps it, holds back the next ones at the prefetch limit, and delivers it all"
                                        + " again after each restart."));
        runner.close();
        expectDepth(0, "An event whose work is done is back in the queue", event);
    }

    @Test
    @Order(4)
    @DisplayName("no more events are taken than the prefetch limit allows")
    void prefetch() throws Exception {
        inventory.stuckOn(event -> true);
        int published = 4 * Shop.PREFETCH;
        Shop.placed(published).forEach(shop::publishFromOutside);
        shop.run(inventory);
        expectStuck();
        Eventually.within(Shop.SOON)
                .until("the broker has delivered", () -> shop.queues().depth(queue) < published)
                .orElse(() -> Wrong.that("inventory takes no events"));
        Eventually.never(
                "inventory takes no more than its limit",
                Shop.QUIET,
                () -> shop.queues().depth(queue) < published - Shop.PREFETCH,
                () -> Wrong.that("inventory takes more events than its prefetch limit allows")
                        .seen("prefetch is " + Shop.PREFETCH + "; with the first event still at work, "
                                + (published - shop.queues().depth(queue)) + " of " + published
                                + " have left the queue")
                        .means(
                                "One slow instance hoards the whole backlog in its memory, and a second instance that was"
                                        + " started to help gets nothing.")
                        .suspect("no basicQos, basicQos after basicConsume, or autoAck"));
        inventory.release();
    }

    @Test
    @Order(5)
    @DisplayName("an event whose work fails is set aside, and the next ones are handled")
    void poison() throws Exception {
        OrderEvent bad = Shop.placed();
        OrderEvent good = Shop.placed();
        inventory.failingOn(event -> event.eventId().equals(bad.eventId()));
        shop.publishFromOutside(bad);
        shop.run(inventory);
        shop.run(points);
        expectSetAside(bad.eventId());
        shop.publishFromOutside(good);
        shop.expectEffect(inventory, good);
        shop.expectEffect(points, bad);
        if (shop.queues().depth(shop.names.deadLetterQueue("points")) > 0) {
            throw Wrong.that("An event that inventory could not handle is in the dead-letter queue of points")
                    .seen(bad.eventId() + " failed at inventory, and points handled it");
        }
    }

    @Test
    @Order(6)
    @DisplayName("a message that is no event is set aside, and the next ones are handled")
    void malformed() throws Exception {
        shop.queues().publish(shop.names.exchange(), OrderEvent.PLACED, "order 17, please".getBytes());
        shop.run(inventory);
        expectSetAside("order 17, please");
        OrderEvent good = Shop.placed();
        shop.publishFromOutside(good);
        shop.expectEffect(inventory, good);
    }

    @Test
    @Order(7)
    @DisplayName("an event that arrives twice has its effect once")
    void publishedTwice() throws Exception {
        OrderEvent event = Shop.placed();
        shop.run(inventory);
        shop.publishFromOutside(event);
        shop.expectEffect(inventory, event);
        shop.publishFromOutside(event);
        expectOneEffect(
                event,
                () -> shop.settled("inventory") >= 2,
                "a publisher that got no confirm sent it a second time",
                "no look into the inbox, or only at deliveries that are marked as redelivered");
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("an event whose ack is lost has its effect once")
    void ackLost() throws Exception {
        OrderEvent event = Shop.placed();
        shop.client("inventory")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.ack"))
                .cutBefore();
        shop.run(inventory);
        shop.publishFromOutside(event);
        shop.expectEffect(inventory, event);
        Eventually.within(Shop.SOON)
                .until("the event is delivered again", () -> shop.delivered("inventory") >= 2)
                .orElse(() -> Wrong.that("inventory does not come back after its connection was cut")
                        .seen("its queue has " + shop.queues().consumers(queue) + " consumers and holds "
                                + shop.queues().depth(queue) + " events")
                        .means("One blink of the network, and the subscriber sits there, connected to nothing, until"
                                + " somebody restarts it.")
                        .suspect("automatic recovery switched off, or a connection that is thrown away"));
        expectOneEffect(
                event,
                () -> shop.settled("inventory") >= 1,
                "the connection was cut before its ack arrived, so the broker delivered it again",
                "no look into the inbox before the work");
    }

    @Test
    @Order(9)
    @DisplayName("an event that arrives again after a restart has its effect once")
    void restartedInBetween() throws Exception {
        OrderEvent event = Shop.placed();
        SubscriberRunner first = shop.run(inventory);
        shop.publishFromOutside(event);
        shop.expectEffect(inventory, event);
        Eventually.within(Shop.SOON)
                .until("the ack is on the wire", () -> shop.settled("inventory") > 0)
                .orElse(() -> Wrong.that("An event whose work is done is never acknowledged"));
        first.close();
        shop.run(inventory, "inventory, restarted");
        shop.publishFromOutside(event);
        expectOneEffect(
                event,
                () -> shop.settled("inventory, restarted") >= 1,
                "inventory was restarted in between",
                "handled events remembered in memory, in place of the inbox");
    }

    @Test
    @Order(10)
    @DisplayName("two events of one order are two events")
    void sameOrder() throws Exception {
        OrderEvent placed = Shop.placed();
        OrderEvent cancelled = new OrderEvent(
                placed.eventId() + "-c",
                OrderEvent.CANCELLED,
                1,
                Instant.parse("2026-03-01T12:00:01Z"),
                placed.orderId(),
                placed.userId(),
                BigDecimal.ONE);
        shop.run(inventory);
        shop.publishFromOutside(placed);
        shop.publishFromOutside(cancelled);
        shop.expectEffect(inventory, placed);
        shop.expectEffect(inventory, cancelled);
    }

    @Test
    @Order(11)
    @DisplayName("a subscriber that is stuck holds up no other")
    void isolated() throws Exception {
        inventory.stuckOn(event -> true);
        shop.run(inventory);
        shop.run(points);
        List<OrderEvent> events = Shop.placed(3 * Shop.PREFETCH);
        events.forEach(shop::publishFromOutside);
        expectStuck();
        events.forEach(event -> shop.expectEffect(points, event));
        inventory.release();
    }

    @TestFactory
    @Order(12)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any orders and any failing subscribers")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ConsumeProperties.class);
    }

    @Test
    @Order(13)
    @DisplayName("a closed subscriber has given its connection back")
    void closed() throws Exception {
        shop.run(inventory);
        shop.run(points);
        shop.closeAndCheckForLeaks();
    }

    private void expectStuck() throws InterruptedException {
        if (!inventory.stuck().await(Shop.SOON.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Wrong.that("inventory is never given an event")
                    .seen("events wait in " + queue + ", and handle() was not called within " + Shop.SOON.toSeconds()
                            + " s");
        }
    }

    private void expectDepth(long expected, String otherwise, OrderEvent event) {
        Eventually.within(Shop.SOON)
                .until("the queue holds " + expected, () -> shop.queues().depth(queue) == expected)
                .orElse(() -> Wrong.that(otherwise)
                        .seen(event.eventId() + ": " + shop.queues().depth(queue) + " in " + queue)
                        .means("It is handled again after each restart."));
    }

    private void expectSetAside(String id) {
        Eventually.within(Shop.SOON)
                .until(
                        id + " is in " + deadLetters,
                        () -> shop.queues().depth(deadLetters) > 0 || inventory.attempts(id) > TOO_MANY)
                .orElse(
                        () -> Wrong.that("An event that cannot be handled is not in the dead-letter queue of inventory")
                                .seen(id + ": " + inventory.attempts(id) + " attempts; "
                                        + shop.queues().depth(queue) + " in " + queue + ", "
                                        + shop.queues().depth(deadLetters) + " in " + deadLetters)
                                .means("It is lost, and nobody can look at what went wrong.")
                                .suspect(
                                        "an exception that is caught and the event acknowledged all the same, also in finally"));
        if (inventory.attempts(id) > TOO_MANY) {
            throw Wrong.that("An event that cannot be handled is delivered again and again")
                    .seen(id + " was tried " + inventory.attempts(id) + " times without a pause")
                    .means(
                            "A hot loop: the subscriber does nothing else, at full load, and good orders wait behind it.")
                    .suspect("basicNack or basicReject with requeue=true");
        }
        List<String> dead = shop.queues().drain(deadLetters).stream()
                .map(message -> Json.eventId(message.getBody()))
                .toList();
        if (!dead.equals(List.of(id))) {
            throw Wrong.that("The dead-letter queue of inventory must hold the event that failed")
                    .seen("failed: " + id + "; in " + deadLetters + ": " + dead);
        }
    }

    private void expectOneEffect(OrderEvent event, BooleanSupplier dealtWith, String why, String suspect) {
        Eventually.within(Shop.SOON)
                .until(
                        "the second copy is dealt with",
                        () -> inventory.effects(event.eventId()) > 1 || dealtWith.getAsBoolean())
                .orElse(() -> Wrong.that("The second copy of an event is neither acknowledged nor set aside")
                        .seen(shop.whereabouts(inventory, event)));
        Eventually.never(
                "no second effect",
                Shop.QUIET,
                () -> inventory.effects(event.eventId()) > 1,
                () -> Wrong.that("One event had its effect " + inventory.effects(event.eventId()) + " times")
                        .seen(event.eventId() + " arrived twice: " + why)
                        .means(
                                "Stock is deducted twice for one order. At-least-once delivery repeats events by design.")
                        .suspect(suspect));
        if (shop.queues().depth(deadLetters) > 0) {
            throw Wrong.that("A second copy of an event that was handled is in the dead-letter queue")
                    .seen(event.eventId() + " was handled once, and its second copy rejected")
                    .means("The team is called at night for an order that is in perfect order.");
        }
    }
}

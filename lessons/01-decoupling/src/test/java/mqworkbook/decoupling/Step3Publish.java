package mqworkbook.decoupling;

import com.rabbitmq.client.GetResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
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
abstract class Step3Publish {

    private Shop shop;
    private Publishes publishes;

    @BeforeEach
    void open(RabbitMqFixture rabbit) throws Exception {
        shop = new Shop(rabbit);
        shop.declare(shop.subscriber("inventory", OrderEvent.PLACED), shop.subscriber("points", OrderEvent.PLACED));
        publishes = new Publishes(shop);
    }

    @Test
    @Order(1)
    @DisplayName("a published event is in every queue that is bound for it")
    void published() throws Exception {
        OrderEvent event = Shop.placed();
        shop.publisher().publish(event);
        for (String subscriber : List.of("inventory", "points")) {
            GetResponse copy = shop.queues()
                    .take(shop.names.queue(subscriber))
                    .orElseThrow(() -> Wrong.that(
                                    "An event that was reported as published is not in the queue of " + subscriber)
                            .seen("publish(" + event.eventId() + ") returned; " + shop.names.queue(subscriber)
                                    + " is empty")
                            .means("The caller goes on, and the order never reaches " + subscriber + ".")
                            .suspect("a return before the broker's confirm, another exchange, or another routing key"));
            if (!Json.eventId(copy.getBody()).equals(event.eventId())) {
                throw Wrong.that("The body of the message is not the event as the contract has it")
                        .seen(Json.text(copy.getBody()));
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("the message is persistent: it survives a restart of the broker")
    void persistent() throws Exception {
        OrderEvent event = Shop.placed();
        shop.publisher().publish(event);
        AtomicReference<GetResponse> arrived = new AtomicReference<>();
        // Without confirms publish() is back before the event is there, which is for later tests to say.
        Eventually.within(Shop.SOON)
                .until("the event is in its queue", () -> {
                    shop.queues().take(shop.names.queue("inventory")).ifPresent(arrived::set);
                    return arrived.get() != null;
                })
                .orElse(() -> Wrong.that("An event that was reported as published never reached its queue")
                        .seen("publish(" + event.eventId() + ") returned; after " + Shop.SOON.toSeconds() + " s "
                                + shop.names.queue("inventory") + " is empty")
                        .means("The order stands in the shop, and nobody ever ships it."));
        Integer mode = arrived.get().getProps().getDeliveryMode();
        if (mode == null || mode != 2) {
            throw Wrong.that("The event is transient: it does not survive a restart of the broker")
                    .seen("delivery mode of " + event.eventId() + " is " + (mode == null ? "not set" : mode)
                            + "; 2 is persistent")
                    .means("A durable queue survives the restart, and comes back empty.")
                    .suspect("the default properties of basicPublish");
        }
    }

    @Test
    @Order(3)
    @DisplayName("an event that no queue is bound for is an error that the caller sees")
    void unroutable() throws Exception {
        OrderEvent event = Shop.event(Publishes.UNROUTABLE);
        Outcome outcome = publishes.one(event);
        if (outcome == Outcome.CONFIRMED) {
            throw Wrong.that("An event that reached no queue was reported as published")
                    .seen("publish(" + event.eventId() + ") returned; no queue is bound for " + event.type())
                    .means("A typing error in a binding, and orders vanish without a trace or an alarm: the broker"
                            + " confirms an unroutable message too.")
                    .suspect("a publish without mandatory, or a return that nobody listens to");
        }
        publishes.expect(Map.of(event, Outcome.REFUSED), Map.of(event.eventId(), outcome));
    }

    @Test
    @Order(4)
    @DisplayName("an event that a queue did not take is an error that the caller sees")
    void nacked() throws Exception {
        publishes.bindFullQueue("order.refused");
        OrderEvent event = Shop.event("order.refused");
        Outcome outcome = publishes.one(event);
        if (outcome == Outcome.CONFIRMED) {
            throw Wrong.that("An event that the broker refused (basic.nack) was reported as published")
                    .seen("publish(" + event.eventId() + ") returned; the queue is full and refuses new messages")
                    .means("At the moment of highest load, orders are lost in silence.")
                    .suspect("no confirms, or a nack that is taken for an ack");
        }
        publishes.expect(Map.of(event, Outcome.REFUSED), Map.of(event.eventId(), outcome));
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("an event that is lost on the way to the broker is never reported as published")
    void lostBeforeTheBroker() throws Exception {
        publishes.warmUp();
        shop.client("publisher")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        OrderEvent event = Shop.placed();
        Outcome outcome = publishes.one(event);
        if (outcome != Outcome.CONFIRMED || !publishes.arrivedAfterAll(event)) {
            publishes.expectUnknown(event, outcome, "the connection was cut before the broker had it");
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("an event that the broker does not confirm in time is in doubt, neither sent nor failed")
    void noAnswer() throws Exception {
        shop.openPublisher(Duration.ofMillis(400));
        publishes.warmUp();
        shop.client("publisher")
                .relay()
                .on(Direction.TO_CLIENT, message -> message.is("basic.ack") || message.is("basic.nack"))
                .every()
                .drop();
        OrderEvent event = Shop.placed();
        publishes.expectUnknown(event, publishes.one(event), "the broker's confirm never arrived");
    }

    @Test
    @Order(7)
    @DisplayName("of many events at once, exactly those that failed are reported as failed")
    void manyWithSomeUnroutable() throws Exception {
        Map<OrderEvent, Outcome> expected = publishes.mixed(60);
        publishes.expect(expected, shop.publisher().publishAll(List.copyOf(expected.keySet())));
    }

    @Test
    @Order(8)
    @DisplayName("many events are on their way before the first confirm is back")
    void manyInFlight() throws Exception {
        publishes.warmUp();
        var relay = shop.client("publisher").relay();
        var held = relay.on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                .stall();
        List<OrderEvent> events = Shop.placed(40);
        CompletableFuture<Map<String, Outcome>> all =
                Beside.run(() -> shop.publisher().publishAll(events));
        Eventually.within(Shop.CONFIRM_TIMEOUT.dividedBy(2))
                .until("a second event follows before the first confirm", () -> publishes.arrived("inventory") >= 2)
                .orElse(() -> Wrong.that("publishAll() waits for the confirm of each event before it sends the next")
                        .seen("with the first confirm held back, " + publishes.arrived("inventory")
                                + " of 40 events reached the broker")
                        .means("At 5 ms a round trip, 200 events a second is the end, on any hardware.")
                        .suspect("a wait for confirms inside the loop"));
        held.cancel();
        Map<OrderEvent, Outcome> expected = new java.util.LinkedHashMap<>();
        events.forEach(event -> expected.put(event, Outcome.CONFIRMED));
        publishes.expect(expected, Publishes.await(all));
    }

    @Test
    @Order(9)
    @DisplayName("threads that publish at the same time each get the outcome of their own event")
    void manyThreads() throws Exception {
        publishes.warmUp();
        shop.client("publisher").provokeRaces();
        Map<OrderEvent, Outcome> expected = publishes.mixed(12);
        Map<String, Outcome> seen = new java.util.concurrent.ConcurrentHashMap<>();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (OrderEvent event : expected.keySet()) {
            threads.add(Beside.run(() -> {
                go.await();
                seen.put(event.eventId(), publishes.one(event));
                return null;
            }));
        }
        go.countDown();
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(8, TimeUnit.SECONDS);
        Problems.throwIfAny();
        publishes.expect(expected, new TreeMap<>(seen));
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any events")
    Stream<DynamicTest> properties() {
        return StepProperties.of(PublishProperties.class);
    }

    @Test
    @Order(11)
    @DisplayName("the order is saved before anybody hears of it")
    void savedFirst() throws Exception {
        CountDownLatch commit = shop.store.holdCommits();
        var order = Shop.order();
        CompletableFuture<OrderEvent> placing = Beside.run(() -> shop.orders().place(order));
        try {
            Eventually.within(Shop.SOON)
                    .until("the order is being saved", () -> shop.store.saving().getCount() == 0 || placing.isDone())
                    .orElse(() -> Wrong.that("place() does not save the order"));
            if (placing.isCompletedExceptionally()) {
                Publishes.await(placing);
            }
            if (shop.store.saving().getCount() > 0) {
                throw Wrong.that("place() does not save the order")
                        .seen("place(" + order.orderId() + ") ended, and save() was not called");
            }
            Eventually.never(
                    "nobody hears of an order that is not saved",
                    Shop.QUIET,
                    () -> publishes.arrived("inventory") > 0,
                    () -> Wrong.that("The event was published before the order was saved")
                            .seen("the database has not committed " + order.orderId()
                                    + ", and its event is in the queue of inventory")
                            .means("When the transaction fails, inventory ships an order that does not exist.")
                            .suspect("publish before save"));
        } finally {
            commit.countDown();
        }
        Publishes.await(placing);
        if (publishes.arrived("inventory") != 1) {
            throw Wrong.that("An order that was placed must be published once")
                    .seen("place(" + order.orderId() + ") returned; the queue of inventory holds "
                            + publishes.arrived("inventory") + " events");
        }
    }

    @Test
    @Order(12)
    @DisplayName("an order that could not be saved is not published")
    void notSaved() throws Exception {
        shop.store.refuseCommits();
        var order = Shop.order();
        try {
            shop.orders().place(order);
            throw Wrong.that("place() hides that the order was not saved")
                    .seen("the database rolled back " + order.orderId() + ", and place() returned")
                    .means("The customer sees a confirmation for an order that nobody has.");
        } catch (IllegalStateException rolledBack) {
            shop.publisher().publish(Shop.placed());
            if (publishes.arrived("inventory") != 1) {
                throw Wrong.that("The event of an order that was never saved was published")
                        .seen("the database rolled back " + order.orderId()
                                + "; the queue of inventory holds its event")
                        .means("Inventory ships an order that does not exist.")
                        .suspect("publish before save");
            }
        }
    }

    @Test
    @Order(13)
    @Tag("fault")
    @DisplayName("place() reports an event that is not known to be published, and keeps it")
    void placeReports() throws Exception {
        publishes.warmUp();
        shop.client("publisher")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        var order = Shop.order();
        OrderEvent event;
        try {
            event = shop.orders().place(order);
        } catch (RuntimeException reported) {
            Publishes.rethrowTodo(reported);
            if (shop.store.unpublished().size() == 1 && shop.store.holds(order.orderId())) {
                return;
            }
            throw Wrong.that("An event that was never confirmed must stay marked as unpublished")
                    .seen("place(" + order.orderId() + ") threw "
                            + reported.getClass().getSimpleName()
                            + "; order saved: " + shop.store.holds(order.orderId()) + ", unpublished events: "
                            + shop.store.unpublished().size())
                    .means("Nothing will ever send it again.")
                    .suspect("marked as published before the confirm, or in a finally block");
        }
        if (publishes.arrivedAfterAll(event)) {
            return;
        }
        throw Wrong.that("place() hides that the event is not known to be published")
                .seen("the connection was cut before the broker had " + event.eventId() + ", and place() returned")
                .means("The order is saved, and nobody will ever ship it; nobody is told.")
                .suspect("an exception that is caught and logged");
    }

    @Test
    @Order(14)
    @DisplayName("an order whose event is confirmed is marked as published")
    void marked() throws Exception {
        var order = Shop.order();
        shop.orders().place(order);
        if (!shop.store.unpublished().isEmpty()) {
            throw Wrong.that("A confirmed event is still marked as unpublished")
                    .seen("place(" + order.orderId() + ") returned; unpublished: " + shop.store.unpublished())
                    .means("It will be sent again and again.");
        }
    }

    @Test
    @Order(15)
    @DisplayName("a closed publisher has given its connection back")
    void closed() throws Exception {
        shop.publisher().publish(Shop.placed());
        shop.closeAndCheckForLeaks();
    }

    /** Bounds how long a publish may take: its time-out, and room for two busy cores. */
    static Duration patience() {
        return Shop.CONFIRM_TIMEOUT.plusSeconds(4);
    }
}

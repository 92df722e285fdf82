package mqworkbook.decoupling;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step2Topology {

    private Shop shop;
    private TestSubscriber inventory;
    private TestSubscriber points;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        shop = new Shop(rabbit);
        inventory = shop.subscriber("inventory", "order.*");
        points = shop.subscriber("points", OrderEvent.PLACED);
    }

    @Test
    @Order(1)
    @DisplayName("each subscriber gets its own copy of an event")
    void ownCopies() throws Exception {
        shop.declare(inventory, points);
        for (TestSubscriber subscriber : List.of(inventory, points)) {
            expectOwnQueue(subscriber);
        }
        OrderEvent event = Shop.placed();
        shop.publishFromOutside(event);
        for (TestSubscriber subscriber : List.of(inventory, points)) {
            expectOneCopy(subscriber, event);
        }
    }

    @Test
    @Order(2)
    @DisplayName("a subscriber gets the events that it asked for, and no others")
    void routing() throws Exception {
        shop.declare(inventory, points);
        OrderEvent cancelled = Shop.event(OrderEvent.CANCELLED);
        shop.publishFromOutside(cancelled);
        expectOneCopy(inventory, cancelled);
        if (shop.queues().depth(shop.names.queue("points")) > 0) {
            throw Wrong.that("points got an event that it did not ask for")
                    .seen("points is bound with " + points.bindingKeys() + ", and got " + cancelled.type())
                    .means("Customers get points for orders that they cancelled.");
        }
    }

    @Test
    @Order(3)
    @DisplayName("declaring again, from anywhere, changes nothing and fails nowhere")
    void idempotent() throws Exception {
        shop.declare(inventory, points);
        OrderEvent event = Shop.placed();
        shop.publishFromOutside(event);
        shop.declare(inventory, points);
        expectOneCopy(inventory, event);
        expectOneCopy(points, event);
    }

    @Test
    @Order(4)
    @DisplayName("queues stay when the program that declared them disconnects")
    void queuesOutliveTheConnection() throws Exception {
        Topology topology = new Topology(shop.names);
        Connection connection = shop.client("topology").factory().newConnection();
        Channel channel = connection.createChannel();
        topology.declareExchanges(channel);
        topology.declareSubscriber(channel, "inventory", inventory.bindingKeys());
        // A queue is auto-deleted when its last consumer leaves, so one must come and go.
        shop.queues().on(probe -> {
            String tag = probe.basicConsume(shop.names.queue("inventory"), false, (t, d) -> {}, t -> {});
            probe.basicCancel(tag);
            return tag;
        });
        connection.close();
        if (!shop.queues().exists(shop.names.queue("inventory"))) {
            throw Wrong.that("The queue of inventory vanished with the connection that declared it")
                    .seen("after a consumer came and went and the connection closed, there is no queue "
                            + shop.names.queue("inventory"))
                    .means(
                            "While inventory is being deployed there is no queue, and every order of those minutes is lost"
                                    + " to it.")
                    .suspect("an exclusive or auto-delete queue");
        }
    }

    @Test
    @Order(5)
    @DisplayName("exchanges and queues survive a restart of the broker")
    void durable() throws Exception {
        shop.declare(inventory);
        for (String queue : List.of(shop.names.queue("inventory"), shop.names.deadLetterQueue("inventory"))) {
            if (!shop.queues().exists(queue)) {
                throw Wrong.that("There is no queue " + queue).seen("declareSubscriber(\"inventory\") returned");
            }
            if (!shop.queues().durableQueue(queue)) {
                throw notDurable("queue " + queue);
            }
        }
        for (String exchange : List.of(shop.names.exchange(), shop.names.deadLetterExchange())) {
            if (!shop.queues().durableExchange(exchange)) {
                throw notDurable("exchange " + exchange);
            }
        }
    }

    @Test
    @Order(6)
    @DisplayName("what a subscriber rejects is in its own dead-letter queue, and in no other")
    void deadLetters() throws Exception {
        shop.declare(inventory, points);
        OrderEvent event = Shop.placed();
        shop.publishFromOutside(event);
        shop.queues().reject(shop.names.queue("inventory"));
        String own = shop.names.deadLetterQueue("inventory");
        Eventually.within(Shop.SOON)
                .until("the rejected event is in " + own, () -> shop.queues().depth(own) == 1)
                .orElse(() -> Wrong.that("An event that inventory rejected is gone")
                        .seen("rejected " + event.eventId() + "; " + own + " holds "
                                + shop.queues().depth(own) + " messages")
                        .means("Nobody can look at what went wrong, and the order is never shipped.")
                        .suspect("no dead-letter exchange on the queue, or one that leads to no queue"));
        List<GetResponse> others = shop.queues().drain(shop.names.deadLetterQueue("points"));
        if (!others.isEmpty()) {
            throw Wrong.that("An event that inventory rejected is in the dead-letter queue of points")
                    .seen(event.eventId() + " was rejected by inventory alone")
                    .means("The points team repairs what it never broke, and redrives it: double points.")
                    .suspect("dead letters routed by the event's own routing key");
        }
    }

    @TestFactory
    @Order(7)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any subscribers and any events")
    Stream<DynamicTest> properties() {
        return StepProperties.of(TopologyProperties.class);
    }

    private void expectOwnQueue(TestSubscriber subscriber) {
        String queue = shop.names.queue(subscriber.name());
        if (!shop.queues().exists(queue)) {
            throw Wrong.that(subscriber.name() + " has no queue of its own")
                    .seen("there is no queue " + queue)
                    .means("Subscribers that share one queue compete: each order reaches inventory, or points, but not"
                            + " both.")
                    .suspect(
                            "one shared queue for all subscribers, a name that is not in OrderNames, or an exclusive queue, which"
                                    + " goes with its connection");
        }
    }

    private void expectOneCopy(TestSubscriber subscriber, OrderEvent event) {
        String queue = shop.names.queue(subscriber.name());
        List<String> copies = shop.queues().drain(queue).stream()
                .map(message -> Json.eventId(message.getBody()))
                .toList();
        if (!copies.equals(List.of(event.eventId()))) {
            throw Wrong.that(subscriber.name() + " must get one copy of each event that it asked for")
                    .seen(event.type() + " " + event.eventId() + " was published once; " + queue + ", bound with "
                            + subscriber.bindingKeys() + ", holds " + copies)
                    .means("Too few: the subscriber never hears of the order. Too many: it does its work twice.")
                    .suspect(
                            copies.isEmpty() ? "a missing binding, or another type of exchange" : "overlapping queues");
        }
    }

    private static Wrong notDurable(String what) {
        return Wrong.that("The " + what + " is transient: it does not survive a restart of the broker")
                .seen("the broker says that it is not durable")
                .means("One restart for a security update, and everything that was waiting in it is lost.");
    }
}

package mqworkbook.decoupling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step6Failure {

    private RabbitMqFixture rabbit;
    private Shop shop;
    private Trade trade;
    private TestSubscriber inventory;
    private TestSubscriber points;

    @BeforeEach
    void open(RabbitMqFixture rabbit) throws Exception {
        this.rabbit = rabbit;
        shop = new Shop(rabbit);
        inventory = shop.subscriber("inventory", "order.*");
        points = shop.subscriber("points", OrderEvent.PLACED);
        shop.declare(inventory, points);
        shop.run(inventory);
        shop.run(points);
        trade = new Trade(shop, List.of(inventory, points));
        trade.place();
    }

    @Test
    @Order(1)
    @Tag("fault")
    @DisplayName("what is still not confirmed stays for the next time")
    void brokerAway() throws Exception {
        shop.client("publisher").relay().refuse();
        trade.place();
        trade.place();
        try {
            shop.orders().resendUnpublished();
        } catch (RuntimeException brokerIsAway) {
            Publishes.rethrowTodo(brokerIsAway);
        }
        if (shop.store.unpublished().size() != 2) {
            throw Wrong.that("An event that was never confirmed is no longer marked as unpublished")
                    .seen("with the broker away, two orders were placed and resendUnpublished() called; unpublished: "
                            + shop.store.unpublished().size())
                    .means("The broker comes back, and nothing will ever send those events.")
                    .suspect("marked as published without a look at the outcome");
        }
        shop.client("publisher").relay().heal();
        trade.settle();
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("an event that was lost on the way is sent again")
    void lostOnTheWay() {
        shop.client("publisher")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        trade.place();
        trade.settle();
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("an event whose confirm was lost is sent again as the same event, and has its effect once")
    void confirmLost() {
        shop.client("publisher")
                .relay()
                .on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                .cutBefore();
        trade.place();
        trade.settle();
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("an event that no queue takes does not keep the others from being sent")
    void oneIsRefused() throws Exception {
        shop.client("publisher").relay().refuse();
        OrderEvent homeless = Shop.event(Publishes.UNROUTABLE);
        shop.store.save(
                new mqworkbook.decoupling.shop.Order(homeless.orderId(), "user-7", homeless.amount()), homeless);
        trade.place();
        shop.client("publisher").relay().heal();
        trade.settleExcept(homeless);
        if (shop.store.unpublished().stream().noneMatch(event -> event.eventId().equals(homeless.eventId()))) {
            throw Wrong.that("An event that no queue took is marked as published")
                    .seen(homeless.eventId() + " (" + homeless.type() + ") was returned by the broker")
                    .means("It is lost, and nothing says so.")
                    .suspect("marked as published without a look at the outcome");
        }
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a subscriber that dies in the middle of its work loses nothing and repeats nothing")
    void subscriberDies() throws Exception {
        inventory.stuckOn(event -> true);
        OrderEvent event = shop.orders().place(Shop.order());
        trade.expect(event);
        if (!inventory.stuck().await(Shop.SOON.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Wrong.that("inventory is never given an event").seen(shop.whereabouts(inventory, event));
        }
        shop.kill(inventory, "inventory");
        TestSubscriber successor = inventory.successor();
        shop.run(successor, "inventory, restarted");
        trade.replace(inventory, successor);
        trade.settle();
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a subscriber whose connection is cut goes on by itself")
    void subscriberCut() {
        shop.client("inventory").relay().cut();
        trade.place();
        trade.settle();
    }

    @Test
    @Order(7)
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("a restart of the broker loses no event, and everybody goes on by themselves")
    void brokerRestarts() throws Exception {
        Assumptions.assumeTrue(
                rabbit.broker().capabilities().restartable(),
                () -> rabbit.broker().capabilities().whyNotRestartable());
        // Nobody handles these before the restart, so the broker must keep them.
        TestSubscriber email = shop.subscriber("email", OrderEvent.PLACED);
        shop.declare(email);
        List<OrderEvent> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(trade.place());
        }
        rabbit.restartBroker();
        trade.place();
        shop.run(email);
        trade.settle();
        for (OrderEvent event : waiting) {
            shop.expectEffect(email, event);
        }
    }

    @TestFactory
    @Order(8)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("for any orders and any faults")
    Stream<DynamicTest> properties() {
        return StepProperties.of(FailureProperties.class);
    }
}

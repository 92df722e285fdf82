package mqworkbook.decoupling;

import com.rabbitmq.client.ConnectionFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.PublishException;
import mqworkbook.decoupling.shop.Subscriber;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step5Join {

    private static final BigDecimal LIMIT = new BigDecimal("1000");

    private Shop shop;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        shop = new Shop(rabbit);
    }

    @Test
    @Order(1)
    @DisplayName("a subscriber that has joined gets every order from then on, while the shop is open")
    void joinsUnderLoad() throws Exception {
        TestSubscriber inventory = shop.subscriber("inventory", "order.*");
        TestSubscriber fraud = shop.subscriber("fraud-check", OrderEvent.PLACED);
        shop.join(inventory);
        OrderService orders = shop.orders();
        List<OrderEvent> all = new CopyOnWriteArrayList<>();
        AtomicBoolean open = new AtomicBoolean(true);
        CompletableFuture<Void> customers = Beside.run(() -> {
            while (open.get()) {
                all.add(place(orders));
            }
            return null;
        });
        try {
            Eventually.within(Shop.SOON)
                    .until("the shop is open", () -> all.size() >= 3 || customers.isDone())
                    .orElse(() -> Wrong.that("No order can be placed"));
            shop.join(fraud);
            int before = all.size();
            Eventually.within(Shop.SOON)
                    .until("orders go on", () -> all.size() >= before + 10 || customers.isDone())
                    .orElse(() -> Wrong.that("No order can be placed after a subscriber has joined"));
            open.set(false);
            Publishes.await(customers);
            // The order that was on its way when join() returned may be on either side.
            List<OrderEvent> since = new ArrayList<>(all.subList(before + 1, all.size()));
            Eventually.within(Shop.SOON)
                    .until(
                            "fraud-check has every order since it joined",
                            () -> missing(fraud, since).isEmpty())
                    .orElse(() -> Wrong.that("fraud-check misses orders that were placed after it had joined")
                            .seen("join() returned, then " + since.size() + " orders were placed; missing: "
                                    + missing(fraud, since))
                            .means("The first fraudulent orders after the deploy go through unseen.")
                            .suspect("join() returns before the queue is bound, or the queue is shared"));
            Eventually.within(Shop.SOON)
                    .until(
                            "inventory has every order",
                            () -> missing(inventory, all).isEmpty())
                    .orElse(() -> Wrong.that("Since fraud-check joined, inventory misses orders")
                            .seen("missing at inventory: " + missing(inventory, all))
                            .means("A new team takes another team's orders away.")
                            .suspect("two subscribers that share one queue"));
        } finally {
            open.set(false);
        }
    }

    @Test
    @Order(2)
    @DisplayName("a subscriber that leaves and comes back finds what happened meanwhile")
    void comesBack() throws Exception {
        TestSubscriber fraud = shop.subscriber("fraud-check", OrderEvent.PLACED);
        SubscriberRunner runner = shop.join(fraud);
        runner.close();
        OrderEvent meanwhile = shop.orders().place(Shop.order());
        TestSubscriber back = shop.subscriber("fraud-check", OrderEvent.PLACED);
        shop.join(back, "fraud-check, back");
        Eventually.within(Shop.SOON)
                .until("the order is handled", () -> back.effects(meanwhile.eventId()) == 1)
                .orElse(() -> Wrong.that("What happened while fraud-check was away is lost")
                        .seen(meanwhile.eventId() + " was placed between close() and the next join(); "
                                + shop.whereabouts(back, meanwhile))
                        .means("Each deploy of a subscriber loses the orders of those seconds.")
                        .suspect("a queue with a name made up by the broker, or one that is exclusive or auto-delete"));
    }

    @Test
    @Order(3)
    @DisplayName("two processes of one subscriber share its work")
    void scaledOut() throws Exception {
        TestSubscriber one = shop.subscriber("fraud-check", OrderEvent.PLACED);
        TestSubscriber two = shop.subscriber("fraud-check", OrderEvent.PLACED);
        shop.join(one, "fraud-check");
        shop.join(two, "fraud-check, second process");
        List<OrderEvent> events = Shop.placed(4 * Shop.PREFETCH);
        events.forEach(shop::publishFromOutside);
        Eventually.within(Shop.SOON)
                .until("every event is handled", () -> events.stream().allMatch(event -> effects(one, two, event) > 0))
                .orElse(() -> Wrong.that("Two processes of one subscriber lose events between them"));
        int deliveries = shop.delivered("fraud-check") + shop.delivered("fraud-check, second process");
        if (deliveries > events.size() || events.stream().anyMatch(event -> effects(one, two, event) > 1)) {
            throw Wrong.that("Two processes of one subscriber each get every event")
                    .seen(events.size() + " events were published, " + deliveries
                            + " were delivered to two processes of" + " fraud-check")
                    .means("A second instance doubles the load in place of halving it.")
                    .suspect("a queue for each process, in place of one for each subscriber");
        }
    }

    @Test
    @Order(4)
    @DisplayName("the fraud check wants placed orders, and puts those above the limit on the desk")
    void fraudCheck() throws Exception {
        List<String> desk = new CopyOnWriteArrayList<>();
        FraudCheck check = new FraudCheck((orderId, reason) -> desk.add(orderId), LIMIT);
        if (!check.bindingKeys().stream().anyMatch(key -> TopicMatch.matches(key, OrderEvent.PLACED))
                || check.bindingKeys().stream().anyMatch(key -> TopicMatch.matches(key, OrderEvent.CANCELLED))) {
            throw Wrong.that("The fraud check asks for the wrong events")
                    .seen("it wants " + OrderEvent.PLACED + " and nothing else; its binding keys are "
                            + check.bindingKeys());
        }
        for (String amount : List.of("999.99", "1000.00", "1000.01")) {
            OrderEvent event = Shop.placed();
            check.handle(new OrderEvent(
                    event.eventId(),
                    event.type(),
                    1,
                    event.occurredAt(),
                    "O-" + amount,
                    "user-7",
                    new BigDecimal(amount)));
        }
        if (!desk.equals(List.of("O-1000.01"))) {
            throw Wrong.that("The fraud check puts the wrong orders on the desk")
                    .seen("orders of 999.99, 1000.00 and 1000.01 with a limit of 1000; on the desk: " + desk)
                    .suspect("a comparison with equals: 1000.00 and 1000 differ in scale");
        }
    }

    @Test
    @Order(5)
    @DisplayName("the fraud check joins like any other subscriber, and leaves nothing behind")
    void fraudCheckJoins() throws Exception {
        List<String> desk = new CopyOnWriteArrayList<>();
        ConnectionFactory factory = shop.client("fraud-check").factory();
        SubscriberRunner running = new Subscribers(factory, shop.names, Shop.PREFETCH)
                .join(openly(new FraudCheck((orderId, reason) -> desk.add(orderId), LIMIT)), new TestInbox());
        var order = new mqworkbook.decoupling.shop.Order("O-big", "user-7", new BigDecimal("4999"));
        shop.orders().place(order);
        Eventually.within(Shop.SOON)
                .until("the order is on the desk", () -> desk.contains("O-big"))
                .orElse(() -> Wrong.that("A suspicious order is not on the fraud desk")
                        .seen("placed O-big of 4999 with a limit of 1000; on the desk: " + desk));
        running.close();
        shop.closeAndCheckForLeaks();
    }

    private static OrderEvent place(OrderService orders) {
        try {
            return orders.place(Shop.order());
        } catch (PublishException e) {
            throw Wrong.that("A subscriber that has joined misses orders: they reach no queue")
                    .seen("join() had returned, an order was placed, and its event " + e.eventId() + " was "
                            + e.outcome())
                    .means("The first orders after the deploy go through unseen.")
                    .suspect("join() returns before the queue is bound");
        }
    }

    // The runner rightly sets aside what cannot be handled, but work that is not written yet is no poison.
    private static Subscriber openly(FraudCheck check) {
        return new Subscriber() {
            @Override
            public String name() {
                return check.name();
            }

            @Override
            public Set<String> bindingKeys() {
                return check.bindingKeys();
            }

            @Override
            public void handle(OrderEvent event) {
                try {
                    check.handle(event);
                } catch (RuntimeException e) {
                    Problems.report("The fraud check failed on " + event.orderId(), e);
                    throw e;
                }
            }
        };
    }

    private static List<String> missing(TestSubscriber subscriber, List<OrderEvent> events) {
        return events.stream()
                .map(OrderEvent::eventId)
                .filter(id -> subscriber.effects(id) == 0)
                .toList();
    }

    private static int effects(TestSubscriber one, TestSubscriber two, OrderEvent event) {
        return one.effects(event.eventId()) + two.effects(event.eventId());
    }
}

package mqworkbook.ordering;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mqworkbook.ordering.shop.ConcurrentChangeException;
import mqworkbook.ordering.shop.IllegalChangeException;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step5Share {

    static final String SEND = "SEND_MESSAGE_V2";

    private static Shop shop;
    private TestOrderStore store;
    private SharedOrderService one;
    private SharedOrderService other;

    @BeforeAll
    static void open(RocketMqFixture rocket) {
        shop = new Shop(rocket);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void twoNodes() {
        store = new TestOrderStore();
        one = new SharedOrderService(store, shop.publisher("node 1"));
        other = new SharedOrderService(store, shop.publisher("node 2"));
    }

    @AfterEach
    void heal() {
        shop.wire("node 1").heal();
        shop.wire("node 2").heal();
    }

    @Test
    @Order(1)
    @DisplayName("a node that was forestalled decides anew: what is still legal is made, with the next number")
    void forestalled() {
        String orderId = Shop.newId();
        one.change(orderId, OrderState.PLACED);
        forestalledOnce(orderId, OrderState.PAID);
        change(one, orderId, OrderState.CANCELLED);
        Log.expect(
                shop,
                List.of(
                        new OrderEvent(orderId, 1, OrderState.PLACED),
                        new OrderEvent(orderId, 2, OrderState.PAID),
                        new OrderEvent(orderId, 3, OrderState.CANCELLED)));
    }

    @Test
    @Order(2)
    @DisplayName("a node that was forestalled decides anew: what is not legal any more is refused")
    void forestalledForGood() {
        String orderId = Shop.newId();
        one.change(orderId, OrderState.PLACED);
        forestalledOnce(orderId, OrderState.CANCELLED);
        try {
            change(one, orderId, OrderState.PAID);
        } catch (IllegalChangeException expected) {
            // The node that was quicker sends its own.
            other.deliver(orderId);
            Log.expect(
                    shop,
                    List.of(
                            new OrderEvent(orderId, 1, OrderState.PLACED),
                            new OrderEvent(orderId, 2, OrderState.CANCELLED)));
            return;
        }
        throw Wrong.that("A cancelled order was paid")
                .seen(orderId + " went through " + store.history(orderId))
                .suspect("only the number was looked up anew, and not whether the change is still legal");
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a change that did not get through is in the queue before the next one is")
    void lost() {
        for (Direction direction : Direction.values()) {
            String orderId = Shop.newId();
            one.change(orderId, OrderState.PLACED);
            Rule rule = shop.wire("node 1")
                    .on(direction, message -> message.is(SEND))
                    .every()
                    .cutBefore();
            expectNotSent(orderId);
            rule.cancel();
            shop.wire("node 1").heal();
            // Another node, which has not seen the failure.
            change(other, orderId, OrderState.SHIPPED);
            Log.expect(shop, Shop.way(orderId, 3));
            expectNothingUnsent(orderId);
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("while one node's message is on the wire, another node's is not in the queue before it")
    void onTheWire() throws Exception {
        String orderId = Shop.newId();
        one.change(orderId, OrderState.PLACED);
        Rule held = shop.wire("node 1")
                .on(Direction.TO_BROKER, message -> message.is(SEND))
                .stall();
        CompletableFuture<OrderEvent> slow = Beside.run(() -> one.change(orderId, OrderState.PAID));
        held.awaitHit(Shop.SOON);
        CompletableFuture<OrderEvent> quick = Beside.run(() -> other.change(orderId, OrderState.SHIPPED));
        Eventually.never(
                "nothing overtakes what is on the wire",
                Shop.QUIET,
                () -> shop.changes(orderId).size() == 2
                        && shop.changes(orderId).get(1).change().sequence() == 3,
                () -> Wrong.that("A change has overtaken an earlier one that another node had on the wire")
                        .seen("node 1 was sending " + orderId + " #2; node 2 sent #3; in the queue are "
                                + shop.changes(orderId))
                        .means("The parcel is announced before the payment.")
                        .suspect(
                                "each node sends its own change, under a lock of its own, and not what is unsent before it"));
        held.cancel();
        for (CompletableFuture<OrderEvent> each : List.of(slow, quick)) {
            Beside.result(each, Shop.SOON, () -> Wrong.that("A change does not come to its end"));
        }
        Log.expect(shop, Shop.way(orderId, 3));
        expectNothingUnsent(orderId);
    }

    @TestFactory
    @Order(5)
    @DisplayName("for any changes by two nodes, and any lost messages and answers")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(ShareProperties.class);
    }

    /** The next look of a node at this order is followed by another node's change. */
    private void forestalledOnce(String orderId, OrderState state) {
        AtomicReference<OrderState> first = new AtomicReference<>(state);
        store.afterLook(looked -> {
            OrderState theirs = looked.equals(orderId) ? first.getAndSet(null) : null;
            if (theirs != null) {
                OrderEvent change =
                        new OrderEvent(orderId, store.history(orderId).size() + 1L, theirs);
                store.save(change);
            }
        });
    }

    static OrderEvent change(SharedOrderService node, String orderId, OrderState state) {
        try {
            return node.change(orderId, state);
        } catch (ConcurrentChangeException e) {
            throw Wrong.that("A change is given up because another node was quicker")
                    .seen(e.getMessage())
                    .means("The customer's cancellation is answered with an error, although it was in time.")
                    .suspect("no second decision after a ConcurrentChangeException")
                    .because(e);
        }
    }

    private void expectNotSent(String orderId) {
        try {
            change(one, orderId, OrderState.PAID);
        } catch (NotSentException expected) {
            return;
        }
        throw Wrong.that("A change that is not known to be in its queue must not look as if it were")
                .seen(orderId + " #2 was sent, and no answer came; change() returned");
    }

    private void expectNothingUnsent(String orderId) {
        if (!store.unsent(orderId).isEmpty()) {
            throw Wrong.that("A change stays unsent, although the way is free again")
                    .seen(store.unsent(orderId).toString());
        }
    }
}

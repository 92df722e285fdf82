package mqworkbook.ordering;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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
abstract class Step1Send {

    private static final String NODE = "node 1";
    private static final String SEND = "SEND_MESSAGE_V2";

    private static Shop shop;
    private TestOrderStore store;

    @BeforeAll
    static void open(RocketMqFixture rocket) {
        shop = new Shop(rocket);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void newStore() {
        store = new TestOrderStore();
    }

    @AfterEach
    void heal() {
        shop.wire(NODE).heal();
    }

    @TestFactory
    @Order(1)
    @DisplayName("for any order id and any number of queues")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(SelectorProperties.class);
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("a change is made when the broker has it, and not before")
    void awaited() throws Exception {
        String orderId = Shop.newId();
        Rule held = shop.wire(NODE)
                .on(Direction.TO_CLIENT, message -> message.is(SEND))
                .stall();
        CompletableFuture<OrderEvent> change = Beside.run(() -> change(orderId, OrderState.PLACED));
        Eventually.within(Shop.SOON)
                .until(
                        "the change is in the topic",
                        () -> isDone(change) || !shop.changes(orderId).isEmpty())
                .orElse(() -> Wrong.that("Nothing is sent for " + orderId));
        Eventually.never(
                "the service waits for the broker's answer",
                Shop.QUIET,
                () -> isDone(change),
                () -> Wrong.that("A change counts as sent before the broker has answered")
                        .seen("the answer to " + orderId + " #1 was held back; change() returned all the same")
                        .means("If the answer is a no, its successor is in the queue already: the order has a hole.")
                        .suspect("send with a callback, or one-way: neither waits"));
        held.cancel();
        Beside.result(change, Shop.SOON, () -> Wrong.that("change() does not return, though the broker has answered"));
        Log.expect(shop, Shop.way(orderId, 1));
    }

    @Test
    @Order(3)
    @DisplayName("the changes of an order are in one queue, numbered 1, 2, 3, and nothing is left unsent")
    void sent() {
        for (String orderId : List.of(Shop.newId(false), Shop.newId(true), SelectorProperties.WORST)) {
            for (OrderState state : Shop.WAY) {
                change(orderId, state);
            }
            Log.expect(shop, Shop.way(orderId, Shop.WAY.size()));
            expectNothingUnsent(orderId);
        }
    }

    @Test
    @Order(4)
    @DisplayName("an order cannot skip a state, and then nothing is saved or sent")
    void illegal() {
        String orderId = Shop.newId();
        change(orderId, OrderState.PLACED);
        try {
            service().change(orderId, OrderState.SHIPPED);
        } catch (IllegalChangeException expected) {
            Log.expect(shop, Shop.way(orderId, 1));
            return;
        }
        throw Wrong.that("An order was shipped that is not paid")
                .seen(orderId + " went through " + store.history(orderId));
    }

    @Test
    @Order(5)
    @DisplayName("a change that somebody else has forestalled is not sent")
    void forestalled() {
        String orderId = Shop.newId();
        change(orderId, OrderState.PLACED);
        // Between the look and the save, another node saves and sends its own change.
        store.beforeSave(mine -> {
            store.beforeSave(nobody -> {});
            OrderEvent theirs = new OrderEvent(orderId, 2, OrderState.CANCELLED);
            store.save(theirs);
            store.markSent(theirs);
        });
        try {
            service().change(orderId, OrderState.PAID);
        } catch (ConcurrentChangeException | IllegalChangeException expected) {
            // Either is right: nothing came of it.
        }
        Log.expect(shop, Shop.way(orderId, 1));
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("when the broker's answer is lost the caller is told, and the change stays unsent")
    void answerLost() {
        String orderId = Shop.newId();
        change(orderId, OrderState.PLACED);
        shop.wire(NODE)
                .on(Direction.TO_CLIENT, message -> message.is(SEND))
                .every()
                .cutBefore();
        try {
            service().change(orderId, OrderState.PAID);
        } catch (NotSentException expected) {
            expectUnsent(orderId);
            return;
        }
        throw Wrong.that("A change that is not known to be in its queue must not look as if it were")
                .seen("the answer to " + orderId + " #2 was lost; change() returned as if all were well")
                .means("The order is paid, and perhaps the warehouse never hears of it. Nobody looks for it.")
                .suspect("an exception that is logged and passed over, or a send that is not waited for");
    }

    @TestFactory
    @Order(7)
    @DisplayName("for any orders that change at the same time")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(SendProperties.class);
    }

    /** A service as it is after a restart: it remembers nothing. */
    private OrderService service() {
        return new OrderService(store, shop.publisher(NODE));
    }

    private static boolean isDone(CompletableFuture<OrderEvent> change) throws Exception {
        if (change.isCompletedExceptionally()) {
            Beside.result(change, Shop.SOON, () -> new AssertionError());
        }
        return change.isDone();
    }

    /** Changes an order that nobody else changes. */
    private OrderEvent change(String orderId, OrderState state) {
        int number = store.history(orderId).size() + 1;
        try {
            OrderEvent made = service().change(orderId, state);
            if (!made.equals(new OrderEvent(orderId, number, state))
                    || !store.history(orderId).contains(made)) {
                throw Wrong.that("change() must return the change that was saved")
                        .seen("it returned " + made + "; saved are " + store.history(orderId));
            }
            return made;
        } catch (ConcurrentChangeException e) {
            throw Wrong.that("The changes of each order are numbered 1, 2, 3, and so on, whichever node decides")
                    .seen(e.getMessage() + "; saved are " + store.history(orderId) + ", and nobody else changed it")
                    .means("A gap and a change that comes too early look the same, so nobody can tell whether one is"
                            + " missing.")
                    .suspect("a time stamp in place of a number, or a count that a node keeps for itself")
                    .because(e);
        }
    }

    private void expectNothingUnsent(String orderId) {
        if (!store.unsent(orderId).isEmpty()) {
            throw Wrong.that("A change that the broker has is still marked as unsent")
                    .seen(store.unsent(orderId).toString())
                    .suspect("no markSent after the broker's answer");
        }
    }

    private void expectUnsent(String orderId) {
        List<OrderEvent> second = Shop.way(orderId, 2).subList(1, 2);
        if (!store.unsent(orderId).equals(second)) {
            throw Wrong.that("A change that is not known to be in its queue must stay unsent")
                    .seen("saved are " + store.history(orderId) + ", unsent are " + store.unsent(orderId))
                    .means("Nobody sends it again: the order is paid, and the warehouse never hears of it.")
                    .suspect("markSent before the broker's answer, or publish before save");
        }
    }
}

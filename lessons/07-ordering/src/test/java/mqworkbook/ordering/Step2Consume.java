package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
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
abstract class Step2Consume {

    /** More than the limits that people set, and more than RocketMQ's own for other consumers, which is 16. */
    private static final int STUBBORN = 18;

    private static final String WAITS = "An order waits for another that is in another queue";

    private static Shop shop;
    private Desk desk;
    private Consumers consumers;

    @BeforeAll
    static void open(RocketMqFixture rocket) {
        shop = new Shop(rocket);
    }

    @AfterAll
    static void closeAll() {
        shop.close();
    }

    @BeforeEach
    void newGroup() {
        desk = new Desk();
        consumers = new Consumers(shop, desk::handler);
    }

    @AfterEach
    void close() {
        desk.releaseAll();
        consumers.close();
    }

    @Test
    @Order(1)
    @DisplayName("changes that were sent before the consumer started are handled, all of them, in their order")
    void inOrder() throws Exception {
        List<OrderEvent> all = new ArrayList<>();
        for (int order = 0; order < 6; order++) {
            all.addAll(sent(order % Shop.QUEUES));
        }
        consumers.start("warehouse");
        desk.expectDone(all, "A change is in its queue, and is never handled");
    }

    @Test
    @Order(2)
    @DisplayName("while a change is at work its successor waits, and orders in other queues do not")
    void oneAtATime() throws Exception {
        List<OrderEvent> slow = planned();
        desk.hold(slow.get(0));
        consumers.send(0, slow);
        consumers.start("warehouse");
        desk.expectAtWork(slow.get(0));
        List<OrderEvent> other = planned();
        consumers.send(1, other);
        desk.expectDone(other, WAITS);
        Eventually.never("no other change of the order is begun", Shop.QUIET, () -> false, () -> null);
        desk.check();
        desk.release(slow.get(0));
        desk.expectDone(slow, "A change is in its queue, and is never handled");
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a change that fails comes again, as often as it takes, before its successor; other queues go on")
    void failing() throws Exception {
        List<OrderEvent> failing = planned();
        OrderEvent payment = failing.get(1);
        desk.failAlways(payment);
        consumers.start("warehouse");
        consumers.send(2, failing);
        List<OrderEvent> other = planned();
        consumers.send(3, other);
        desk.expectDone(failing.subList(0, 1), "A change is in its queue, and is never handled");
        desk.expectDone(other, WAITS);
        Eventually.within(Shop.SOON)
                .until(payment + " is tried " + STUBBORN + " times", () -> {
                    desk.check();
                    return desk.attempts(payment) >= STUBBORN;
                })
                .orElse(() -> Wrong.that("A change that has failed does not come again")
                        .seen(payment + " fails each time; it was tried " + desk.attempts(payment) + " times, with "
                                + Consumers.PAUSE.toMillis() + " ms between two attempts")
                        .means("Its payment is never booked. Or its order stands still long after the cause is gone.")
                        .suspect("a failure that is passed over, a bounded number of attempts, or a pause that is not"
                                + " the one asked for (the default is a second)"));
        desk.succeed(payment);
        desk.expectDone(failing, "An order stands still, although the cause of its failure is gone");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("a consumer that is closed finishes what is at work, begins nothing more, and the next goes on")
    void closedAtWork() throws Exception {
        List<OrderEvent> slow = planned();
        desk.hold(slow.get(0));
        consumers.send(0, slow);
        OrderConsumer first = consumers.start("warehouse");
        desk.expectAtWork(slow.get(0));
        CompletableFuture<Void> closing = Beside.run(() -> {
            first.close();
            return null;
        });
        Eventually.never(
                "close() waits for what is at work",
                Shop.QUIET,
                () -> {
                    desk.check();
                    return closing.isDone();
                },
                () -> Wrong.that("A consumer is closed, and its work goes on")
                        .seen("close() has returned while " + slow.get(0) + " is at work")
                        .means("The next node begins with the same change: two at once."));
        desk.release(slow.get(0));
        consumers.closed(first);
        Beside.result(closing, Shop.SOON, () -> Wrong.that("close() does not return when the work is done"));
        int begun = desk.begun();
        desk.check();
        Eventually.never(
                "nothing more is begun",
                Shop.QUIET,
                () -> desk.begun() > begun || desk.isAnyAtWork(),
                () -> Wrong.that("A consumer is closed, and begins with another change")
                        .seen(desk.begun() - begun + " changes were begun after close() had returned"));
        consumers.start("warehouse 2");
        desk.expectDone(slow, "A change is in its queue, and is never handled by the next consumer");
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a consumer that dies at work leaves the change to the next, and its successors too")
    void dies() throws Exception {
        List<OrderEvent> slow = planned();
        OrderEvent atWork = slow.get(1);
        desk.hold(atWork);
        consumers.start("mortal");
        consumers.send(1, slow);
        desk.expectAtWork(atWork);
        consumers.kill("mortal");
        desk.release(atWork);
        desk.forget(atWork);
        consumers.start("successor");
        desk.expectDone(slow, "A consumer has died at work, and the change is gone");
    }

    @TestFactory
    @Order(6)
    @DisplayName("for any orders, failures and copies")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(ConsumeProperties.class);
    }

    /** The changes of a new order, in a queue. */
    private List<OrderEvent> sent(int queue) {
        List<OrderEvent> changes = planned();
        consumers.send(queue, changes);
        return changes;
    }

    private List<OrderEvent> planned() {
        List<OrderEvent> changes = Shop.way(Shop.newId(), 3);
        desk.expecting(changes);
        return changes;
    }
}

package mqworkbook.ordering;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.Reason;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step3Track {

    private static final int MEET_SECONDS = 3;

    private final List<OrderEvent> way = Shop.way("O-17", 4);
    private TestLedger ledger;

    @BeforeEach
    void newLedger() {
        ledger = new TestLedger();
    }

    @Test
    @Order(1)
    @DisplayName("changes that come in sequence are applied, and copies change nothing")
    void copies() throws Exception {
        for (OrderEvent change : way) {
            handle(change);
            handle(change);
        }
        handle(way.get(1));
        Following.expect(ledger, "O-17", Set.copyOf(way));
        expectApplied(way);
    }

    @Test
    @Order(2)
    @DisplayName("a change that comes too early is parked, and applied when what it waits for has come")
    void tooEarly() throws Exception {
        handle(way.get(0));
        handle(way.get(3));
        handle(way.get(2));
        expectApplied(way.subList(0, 1));
        expectParked(Map.of(way.get(2), Reason.GAP, way.get(3), Reason.GAP));
        handle(way.get(1));
        Following.expect(ledger, "O-17", Set.copyOf(way));
        expectApplied(way);
        expectParked(Map.of());
    }

    @Test
    @Order(3)
    @DisplayName("an illegal jump is refused and parked, however often it comes")
    void illegal() throws Exception {
        OrderEvent jump = new OrderEvent("O-17", 2, OrderState.SHIPPED);
        handle(way.get(0));
        handle(jump);
        handle(jump);
        Following.expect(ledger, "O-17", Set.of(way.get(0), jump));
        expectApplied(way.subList(0, 1));
        expectParked(Map.of(jump, Reason.ILLEGAL));
    }

    @Test
    @Order(4)
    @DisplayName("a number that was used for something else is no copy: somebody looks at it")
    void conflict() throws Exception {
        OrderEvent cancelled = new OrderEvent("O-17", 2, OrderState.CANCELLED);
        handle(way.get(0));
        handle(way.get(1));
        handle(cancelled);
        Following.expect(ledger, "O-17", Set.of(way.get(0), way.get(1), cancelled));
        expectParked(Map.of(cancelled, Reason.CONFLICT));
    }

    @TestFactory
    @Order(5)
    @DisplayName("for any order of arrival, copies, jumps and rollbacks")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(TrackerProperties.class);
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("two consumers that have two changes of one order apply both, whoever is first")
    void twoConsumers() throws Exception {
        for (int round = 0; round < 50; round++) {
            String orderId = "O-" + round;
            List<OrderEvent> changes = Shop.way(orderId, 3);
            OrderTracker one = new OrderTracker(ledger);
            OrderTracker other = new OrderTracker(ledger);
            one.handle(changes.get(0));
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Void> early = Beside.run(() -> {
                together.await();
                one.handle(changes.get(2));
                return null;
            });
            together.await(MEET_SECONDS, TimeUnit.SECONDS);
            other.handle(changes.get(1));
            Beside.result(early, Shop.SOON, () -> Wrong.that("A change that came too early holds up its queue"));
            Following.expect(ledger, orderId, Set.copyOf(changes));
        }
    }

    @Test
    @Order(7)
    @DisplayName("two orders are applied at the same time")
    void sideBySide() throws Exception {
        CyclicBarrier bothAtWork = new CyclicBarrier(2);
        ledger.within(orderId -> {
            try {
                bothAtWork.await(MEET_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | java.util.concurrent.BrokenBarrierException e) {
                throw Wrong.that("Two orders wait for each other")
                        .seen("one transaction was held open for " + MEET_SECONDS
                                + " s; no other order had one meanwhile")
                        .means("One slow order holds up the shop, however many queues and servers there are.")
                        .suspect("one lock for all orders, where the ledger locks each order by itself");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
        OrderTracker tracker = new OrderTracker(ledger);
        CompletableFuture<Void> first = Beside.run(() -> {
            tracker.handle(Shop.way("O-1", 1).get(0));
            return null;
        });
        tracker.handle(Shop.way("O-2", 1).get(0));
        Beside.result(first, Shop.SOON, () -> Wrong.that("Two orders wait for each other"));
    }

    private void handle(OrderEvent change) throws Exception {
        TrackerProperties.handle(new OrderTracker(ledger), change);
        ledger.check();
    }

    private void expectApplied(List<OrderEvent> changes) {
        if (!ledger.applied("O-17").equals(changes)) {
            throw Wrong.that("The changes of an order must be applied in their sequence")
                    .seen("applied are " + ledger.applied("O-17") + ", and it should be " + changes + "; parked are "
                            + ledger.parked("O-17"));
        }
    }

    private void expectParked(Map<OrderEvent, Reason> parked) {
        if (!ledger.parked("O-17").equals(parked)) {
            throw Wrong.that("What cannot be applied must be parked, with the reason, and nothing else")
                    .seen("parked are " + ledger.parked("O-17") + ", and it should be " + parked);
        }
    }
}

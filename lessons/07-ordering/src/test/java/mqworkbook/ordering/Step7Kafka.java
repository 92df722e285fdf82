package mqworkbook.ordering;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
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
abstract class Step7Kafka {

    /** More than the attempts that people allow. */
    private static final int STUBBORN = 8;

    private static KafkaFixture kafka;
    private KafkaShop shop;

    @BeforeAll
    static void open(KafkaFixture opened) {
        kafka = opened;
    }

    @BeforeEach
    void newTopic() {
        shop = new KafkaShop(kafka);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Order(1)
    @Tag("fault")
    @DisplayName("who publishes is told when the broker has the change, not before; and when it never has it")
    void told() {
        Duration timeout = Duration.ofMillis(1_500);
        KafkaOrderPublisher publisher = shop.publisher("node", timeout);
        List<OrderEvent> order = Shop.way(Shop.newId(), 2);
        KafkaShop.expectSent(order.get(0), publisher.publish(order.get(0)), "nothing is disturbed");
        shop.wire("node").stall(Direction.TO_CLIENT);
        CompletableFuture<Void> sent = publisher.publish(order.get(1));
        Eventually.never(
                "nothing is known yet",
                Shop.QUIET,
                () -> sent.isDone() && !sent.isCompletedExceptionally(),
                () -> Wrong.that("A change counts as sent, and the broker has not answered")
                        .seen(order.get(1) + " was published, the answer is on its way, and the future is done")
                        .means("The change is marked as sent. If it never gets there, nobody sends it again.")
                        .suspect("send() that has returned taken for a change that is in its partition"));
        shop.wire("node").refuse();
        try {
            expectFailed(order.get(1), sent, timeout);
        } finally {
            shop.wire("node").heal();
        }
    }

    private static void expectFailed(OrderEvent change, CompletableFuture<Void> sent, Duration timeout) {
        Eventually.within(timeout.plus(Shop.SOON))
                .until("it has failed", sent::isDone)
                .orElse(() -> Wrong.that("Nobody is told that a change is not known to be in its partition")
                        .seen("no broker answers; the time-out of " + timeout.toMillis()
                                + " ms is long over, and the future of " + change + " is not done")
                        .suspect("delivery.timeout.ms, which is two minutes by default, or a failure that is only"
                                + " logged"));
        try {
            sent.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotSentException) {
                return;
            }
            throw Wrong.that("A change that is not known to be in its partition must fail with NotSentException")
                    .seen(change + " ends with " + e.getCause())
                    .because(e.getCause());
        }
        throw Wrong.that("A change counts as sent, and its failure is passed over")
                .seen(change + ": no broker has answered within the time-out, and the future is done without a failure")
                .means("The change is marked as sent, and nobody ever sends it again.")
                .suspect("a callback that does not look at its exception");
    }

    @Test
    @Order(2)
    @DisplayName("the changes of an order are in one partition, by its id; many orders use all partitions")
    void byKey() {
        KafkaOrderPublisher publisher = shop.publisher("node");
        Map<OrderEvent, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        List<List<OrderEvent>> orders =
                Stream.generate(() -> Shop.way(Shop.newId(), 3)).limit(24).toList();
        for (int number = 0; number < 3; number++) {
            for (List<OrderEvent> order : orders) {
                sent.put(order.get(number), publisher.publish(order.get(number)));
            }
        }
        sent.forEach((change, known) -> KafkaShop.expectSent(change, known, "nothing is disturbed"));
        shop.expectLog(orders, "nothing is disturbed");
        long used = shop.changes().values().stream()
                .map(order -> order.get(0).partition())
                .distinct()
                .count();
        if (used < KafkaShop.PARTITIONS) {
            throw Wrong.that("Different orders wait for each other: they do not use all partitions")
                    .seen(orders.size() + " orders are in " + used + " of " + KafkaShop.PARTITIONS + " partitions");
        }
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a request is lost while the next is under way: sent again, in order, without a copy")
    void requestLost() {
        disturbed(Disturbance.REQUEST_LOST);
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("an answer is lost while the next change is under way: sent again, in order, without a copy")
    void answerLost() {
        disturbed(Disturbance.ANSWER_LOST);
    }

    private void disturbed(Disturbance disturbance) {
        KafkaOrderPublisher publisher = shop.publisher("node");
        List<OrderEvent> order = Shop.way(Shop.newId(), 3);
        // The broker knows the producer, and the number that its next batch must have.
        KafkaShop.expectSent(order.get(0), publisher.publish(order.get(0)), "nothing is disturbed");
        List<CompletableFuture<Void>> sent = disturbance.during(shop, "node", publisher, order.subList(1, 3));
        KafkaShop.expectSent(order.get(1), sent.get(0), disturbance.what());
        KafkaShop.expectSent(order.get(2), sent.get(1), disturbance.what());
        shop.expectLog(List.of(order), disturbance.what());
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a change that fails comes again before its successor, and is not committed; other partitions go on")
    void failing() throws Exception {
        TestLedger ledger = new TestLedger();
        List<OrderEvent> failing = Shop.way(Shop.newId(), 4);
        List<OrderEvent> alsoFailing = Shop.way(Shop.newId(), 4);
        List<OrderEvent> other = Shop.way(Shop.newId(), 4);
        long payment = shop.put(0, failing.subList(0, 2));
        shop.put(0, failing.subList(2, 4));
        shop.put(1, alsoFailing);
        shop.put(2, other);
        AtomicInteger attempts = new AtomicInteger();
        Set<String> sick = Set.of(id(failing), id(alsoFailing));
        ledger.within(orderId -> {
            if (sick.contains(orderId) && ledger.applied(orderId).size() == 1) {
                attempts.incrementAndGet();
                throw new IllegalStateException("ledger: connection refused, for " + orderId);
            }
        });
        String group = shop.newGroup();
        shop.consumer("warehouse", group, ledger);
        expectApplied(ledger, other, "other partitions hold orders that fail: " + sick);
        Eventually.within(Shop.SOON)
                .until("it is tried again and again", () -> attempts.get() >= 2 * STUBBORN)
                .orElse(() -> Wrong.that("A change that has failed does not come again")
                        .seen(failing.get(1) + " and " + alsoFailing.get(1) + " fail each time; the ledger was tried "
                                + attempts + " times")
                        .means("Their payments are never booked.")
                        .suspect("a record that was not committed, but is behind the consumer's position: seek back"));
        long committed = shop.committed(group, 0);
        if (committed > payment) {
            throw Wrong.that("A change is committed that was never applied")
                    .seen(failing.get(1) + " is at offset " + payment + ", and fails; committed is " + committed)
                    .means("When the consumer is restarted the payment is gone.")
                    .suspect("a commit of all that was polled: by hand, or automatic");
        }
        ledger.within(orderId -> {});
        expectApplied(ledger, failing, "its second change has failed " + attempts + " times, and does no more");
        expectApplied(ledger, alsoFailing, "its second change has failed for a while, and does no more");
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a consumer that is closed at work leaves the rest to the next")
    void closedAtWork() throws Exception {
        TestLedger ledger = new TestLedger();
        List<OrderEvent> slow = Shop.way(Shop.newId(), 4);
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ledger.within(orderId -> {
            atWork.countDown();
            awaitQuietly(release);
        });
        shop.put(0, slow);
        String group = shop.newGroup();
        KafkaOrderConsumer first = shop.consumer("warehouse", group, ledger);
        Eventually.within(Shop.SOON)
                .until("it is at work", () -> atWork.getCount() == 0)
                .orElse(() -> Wrong.that("Nobody begins with " + slow.get(0)).seen("it is in its partition"));
        CompletableFuture<Void> closing = Beside.run(() -> {
            first.close();
            return null;
        });
        try {
            Eventually.never(
                    "close() waits for what is at work",
                    Shop.QUIET,
                    closing::isDone,
                    () -> Wrong.that("A consumer is closed, and its work goes on")
                            .seen("close() has returned while " + slow.get(0) + " is at work"));
        } finally {
            release.countDown();
        }
        shop.closed(first);
        Beside.result(closing, Shop.SOON, () -> Wrong.that("close() does not return when the work is done"));
        shop.consumer("warehouse 2", group, ledger);
        expectApplied(ledger, slow, "the first consumer was closed while it was at work on the first change");
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("partitions are added between two changes of an order: what comes too early is parked, not applied")
    void partitionsAdded() throws Exception {
        TestLedger ledger = new TestLedger();
        Set<String> blockers = Set.of("B-0", "B-1", "B-2", "B-3");
        for (int partition = 0; partition < KafkaShop.PARTITIONS; partition++) {
            shop.put(partition, Shop.way("B-" + partition, 1));
        }
        List<List<OrderEvent>> orders =
                Stream.generate(() -> Shop.way(Shop.newId(), 4)).limit(12).toList();
        publish(shop.publisher("node 1"), orders, 0, 2);
        shop.addPartitions(2 * KafkaShop.PARTITIONS);
        publish(shop.publisher("node 2"), orders, 2, 4);
        Map<String, List<KafkaShop.InPartition>> present = shop.changes();
        List<List<OrderEvent>> moved = orders.stream()
                .filter(order -> present.get(id(order)).stream()
                                .map(KafkaShop.InPartition::partition)
                                .distinct()
                                .count()
                        > 1)
                .toList();
        // What is in the old partitions comes later than what is in the new ones.
        ledger.within(orderId -> {
            if (blockers.contains(orderId)) {
                throw new IllegalStateException("ledger: connection refused, for " + orderId);
            }
        });
        shop.consumer("warehouse", shop.newGroup(), ledger);
        for (List<OrderEvent> order : moved) {
            Eventually.within(Shop.SOON)
                    .until("the later changes have come", () -> {
                        ledger.check();
                        return ledger.parked(id(order)).size() == 2;
                    })
                    .orElse(() -> Wrong.that("Changes that come too early must be parked, and hold up nobody")
                            .seen(order.get(2) + " and " + order.get(3)
                                    + " are in a partition that is new; the old ones stand still; applied "
                                    + ledger.applied(id(order)) + ", parked " + ledger.parked(id(order)))
                            .means("The order stands still, or goes where it cannot go."));
        }
        ledger.within(orderId -> {});
        for (List<OrderEvent> order : orders) {
            expectApplied(ledger, order, "partitions were added between its second and its third change");
            Following.expect(ledger, id(order), Set.copyOf(order));
        }
    }

    @TestFactory
    @Order(8)
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("for any lost requests, lost answers and failures")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(KafkaProperties.class);
    }

    private static void publish(KafkaOrderPublisher publisher, List<List<OrderEvent>> orders, int from, int to) {
        Map<OrderEvent, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        for (List<OrderEvent> order : orders) {
            order.subList(from, to).forEach(change -> sent.put(change, publisher.publish(change)));
        }
        sent.forEach((change, known) -> KafkaShop.expectSent(change, known, "nothing is disturbed"));
    }

    static void expectApplied(TestLedger ledger, List<OrderEvent> order, String what) {
        Eventually.within(Shop.SOON)
                .until("all is applied", () -> {
                    ledger.check();
                    return ledger.applied(id(order)).equals(order);
                })
                .orElse(() -> Wrong.that("A change is in its partition, and is never applied")
                        .seen(what + "; applied are " + ledger.applied(id(order)) + ", parked "
                                + ledger.parked(id(order)) + ", and it should be " + order)
                        .means("Its order stands still, and nobody knows.")
                        .suspect("records of a poll that were never begun, and are behind the consumer's position; a"
                                + " commit of all that was polled; a failure that is passed over"));
    }

    private static String id(List<OrderEvent> order) {
        return order.get(0).orderId();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at work", e);
        }
    }
}

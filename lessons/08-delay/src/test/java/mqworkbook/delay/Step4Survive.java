package mqworkbook.delay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step4Survive {

    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final Duration BEYOND = GRACE.plusSeconds(1);
    private static final Duration RECOVERY = Bench.SOON.multipliedBy(3);
    private static final int MANY_STEPS = 20;
    private static final int MANY = 1_200;

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Order(1)
    @DisplayName("an order whose timer was lost is found by the sweep, and no other order is touched")
    void finds() throws Exception {
        Timeout lost = shop.dueAtNoon();
        Timeout within = shop.order(Shop.NOON.plus(BEYOND));
        Timeout later = shop.order(Shop.NOON.plus(BEYOND).plus(Bench.LONG));
        Timeout paid = shop.dueAtNoon();
        Timeout alsoLost = shop.order(Shop.NOON.minus(Bench.LONG));
        shop.book("payments").pay(paid.orderId(), "P-1");
        int cancelled = sweep("sweep").sweep(Shop.NOON.plus(BEYOND));
        String what = "a sweep " + BEYOND.toSeconds() + " s after noon, with a grace of " + GRACE.toSeconds() + " s";
        for (Timeout order : List.of(lost, alsoLost)) {
            shop.expect(order, "CANCELLED", "An order whose timer was lost is never cancelled", what);
        }
        shop.expect(paid, "PAID", "The sweep has cancelled an order that was paid", what);
        shop.expect(later, "UNPAID", "The sweep has cancelled an order before its deadline", what);
        shop.expect(within, "UNPAID", "The sweep does not leave an order to its timer", what);
        if (cancelled != 2) {
            throw Wrong.that("The sweep's count is wrong, and somebody will alarm on it")
                    .seen("sweep() returned " + cancelled + "; 2 orders were cancelled");
        }
        if (shop.database.actor("sweep").openConnections() > 0) {
            throw Wrong.that("The sweep keeps connections to the database");
        }
    }

    @Test
    @Order(2)
    @DisplayName("a sweep finds all of them, however many")
    void findsMany() throws Exception {
        List<Timeout> orders = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            orders.add(shop.dueAtNoon());
        }
        int cancelled = sweep("sweep").sweep(Shop.NOON.plus(BEYOND));
        long left = orders.stream()
                .filter(order -> !"CANCELLED".equals(shop.status(order)))
                .count();
        if (left > 0 || cancelled != MANY) {
            throw Wrong.that("A sweep leaves orders behind whose timers were lost")
                    .seen(MANY + " orders were overdue; sweep() returned " + cancelled + ", and " + left
                            + " are still unpaid")
                    .means("After an outage of the broker, the sweeps never catch up.")
                    .suspect("a page of rows that is read once");
        }
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("an order that is paid while the sweep is at work is left alone")
    void paidMeanwhile() throws Exception {
        for (int n = 1; n <= MANY_STEPS; n++) {
            Timeout order = shop.dueAtNoon();
            CallMoment moment = CallMoment.holdBefore(shop.database.actor("sweep"), n);
            CompletableFuture<Integer> sweeping =
                    Beside.run(() -> sweep("sweep").sweep(Shop.NOON.plus(BEYOND)));
            Eventually.within(Bench.SOON)
                    .until("it is held, or has ended", () -> moment.hasCome() || sweeping.isDone())
                    .orElse(() -> Wrong.that("A sweep does not come back"));
            CompletableFuture<Boolean> paying =
                    Beside.run(() -> shop.book("payments").pay(order.orderId(), "P-1"));
            awaitABit(paying);
            moment.release();
            boolean paid = Beside.result(paying, Bench.SOON, () -> Wrong.that("A payment does not come back"));
            Beside.result(sweeping, Bench.SOON, () -> Wrong.that("A sweep does not come back"));
            shop.database.renew("sweep");
            shop.expect(
                    order,
                    paid ? "PAID" : "CANCELLED",
                    paid ? "The sweep has cancelled an order that was paid" : "An order is neither paid nor cancelled",
                    "the sweep was held before its step " + n + " while a payment came; pay said " + paid);
            if (!moment.hasCome()) {
                return;
            }
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("an order that cannot be cancelled keeps no other from being cancelled, and is found again")
    void oneFails() throws Exception {
        List<Timeout> orders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            orders.add(shop.dueAtNoon());
        }
        CallMoment.failBefore(shop.database.actor("book"), 1);
        sweepWhatCan();
        long cancelled = orders.stream()
                .filter(order -> "CANCELLED".equals(shop.status(order)))
                .count();
        String what = orders.size() + " orders were overdue, and at the first one the connection was lost";
        if (cancelled != orders.size() - 1) {
            throw Wrong.that("One order that cannot be cancelled keeps all others from being cancelled")
                    .seen(what + "; " + cancelled + " were cancelled by that sweep")
                    .means("A single order with a broken row, and no lost timer is ever found again.")
                    .suspect("an exception that ends the loop");
        }
        sweepWhatCan();
        for (Timeout order : orders) {
            shop.expect(order, "CANCELLED", "An order that could not be cancelled is not found again", what);
        }
    }

    @Test
    @Order(5)
    @DisplayName("timer, sweep and payment share one order: what was lost in the queue is found in the database")
    void lostInTheQueue(RabbitMqFixture rabbit) throws Exception {
        RabbitBench bench = RabbitBench.mixed(rabbit).declare();
        Timeouts timeouts =
                bench.start("first", timeout -> shop.book("timeouts").expire(timeout.orderId(), bench.clock.instant()));
        Timeout lost = shop.order(bench.clock.instant().plus(Bench.LONG));
        timeouts.schedule(lost);
        for (String queue : bench.waitQueues()) {
            rabbit.queues().drain(queue);
        }
        Timeout kept = shop.order(bench.clock.instant().plus(bench.shortWait()));
        timeouts.schedule(kept);
        bench.expectHandled(kept);
        int found = sweep("sweep").sweep(lost.dueAt().plus(BEYOND));
        shop.expect(kept, "CANCELLED", "An order that was never paid is not cancelled", "its timer came");
        shop.expect(
                lost,
                "CANCELLED",
                "An order whose timer was lost is never cancelled",
                "somebody has purged the wait queues; the sweep found " + found);
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("timeouts that wait survive a restart of the broker, and the processes go on by themselves")
    void brokerRestarts(RabbitMqFixture rabbit) throws Exception {
        Assumptions.assumeTrue(
                rabbit.broker().capabilities().restartable(),
                () -> rabbit.broker().capabilities().whyNotRestartable());
        RabbitBench bench = RabbitBench.mixed(rabbit).declare();
        Timeouts timeouts = bench.start("first");
        int waiting = 3;
        for (int i = 0; i < waiting; i++) {
            timeouts.schedule(bench.dueIn(Bench.LONG.plusMinutes(1)));
        }
        rabbit.restartBroker();
        Eventually.within(RECOVERY)
                .until("they still wait", () -> bench.waiting() >= waiting)
                .orElse(() -> Wrong.that("Timeouts that were waiting when the broker restarted are lost")
                        .seen(waiting + " were waiting; after the restart " + bench.whereabouts())
                        .means("A security update of the broker, and no order of the last half hour is ever cancelled.")
                        .suspect("a transient wait queue, or a transient message"));
        Eventually.within(RECOVERY)
                .until("the consumer is back", () -> rabbit.queues().consumers(bench.names.dueQueue()) > 0)
                .orElse(() -> Wrong.that("After a restart of the broker the consumer does not come back")
                        .seen(bench.whereabouts())
                        .means("The update was at night, and in the morning nothing was cancelled.")
                        .suspect("automatic recovery switched off, or a transient queue of what is due"));
        Timeout next = bench.dueIn(bench.shortWait());
        Eventually.within(RECOVERY)
                .until("timeouts are taken again", () -> isTaken(timeouts, next))
                .orElse(() -> Wrong.that("After a restart of the broker no timeout is taken any more")
                        .seen("schedule() throws, " + RECOVERY.toSeconds() + " s after the broker is back")
                        .means("Until somebody restarts the shop, no order has a timer.")
                        .suspect("a channel or connection that is not opened again"));
        bench.expectHandled(next);
    }

    private Sweep sweep(String process) {
        return new Sweep(shop.database.of(process), shop.book(process), GRACE);
    }

    /** It may tell by an exception that it has not done all. */
    private void sweepWhatCan() {
        try {
            new Sweep(shop.database.of("sweep"), shop.book("book"), GRACE).sweep(Shop.NOON.plus(BEYOND));
        } catch (SQLException told) {
            // What counts is what has become of the orders.
        }
    }

    private static void awaitABit(CompletableFuture<Boolean> paying) {
        try {
            Eventually.within(Duration.ofMillis(150))
                    .until("the payment has ended", paying::isDone)
                    .orElse(() -> Wrong.that("it waits for a lock"));
        } catch (Wrong waiting) {
            // It goes on when the sweep has ended.
        }
    }

    private static boolean isTaken(Timeouts timeouts, Timeout next) throws Exception {
        try {
            timeouts.schedule(next);
            return true;
        } catch (java.io.IOException | com.rabbitmq.client.ShutdownSignalException notYet) {
            return false;
        }
    }
}

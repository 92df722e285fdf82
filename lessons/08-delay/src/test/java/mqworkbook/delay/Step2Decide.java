package mqworkbook.delay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import mqworkbook.delay.order.Timeout;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step2Decide {

    /** Who waits for a row's lock waits until the other one has ended. */
    private static final Duration BLOCKED = Duration.ofMillis(150);

    private static final int MANY_STEPS = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Order(1)
    @DisplayName("an unpaid order is paid, and the same payment again is no second one")
    void paid() throws Exception {
        Timeout order = shop.dueAtNoon();
        OrderBook book = shop.book("payments");
        expectAnswer(order, "pay(P-1)", book.pay(order.orderId(), "P-1"), true);
        shop.expect(order, "PAID", "An order that was paid is not paid", "one payment");
        if (!book.pay(order.orderId(), "P-1")) {
            throw Wrong.that("A payment that is told twice is refused the second time")
                    .seen("P-1 has paid " + order.orderId() + "; pay(P-1) again says that the money goes back")
                    .means("The payment provider repeats its call when our answer was lost: the customer gets the"
                            + " money back, and the goods.")
                    .suspect("the second call finds the order paid, and does not look with which payment");
        }
        expectAnswer(order, "P-1 has paid it; pay(P-2)", book.pay(order.orderId(), "P-2"), false);
        shop.expect(order, "PAID", "An order that was paid is not paid", "two payments");
        expectDisconnected("payments");
    }

    @Test
    @Order(3)
    @DisplayName("an unpaid order is cancelled at its deadline, and its units go back, once")
    void expires() throws Exception {
        Timeout order = shop.dueAtNoon();
        OrderBook book = shop.book("timeouts");
        expectAnswer(order, "expire at noon", book.expire(order.orderId(), Shop.NOON), true);
        shop.expect(order, "CANCELLED", "An order that was never paid is not cancelled", "its deadline has come");
        boolean again = book.expire(order.orderId(), Shop.afterNoon(MINUTE));
        shop.expect(order, "CANCELLED", "A cancelled order does not stay cancelled", "its timeout has come twice");
        expectAnswer(order, "expire a second time", again, false);
        expectDisconnected("timeouts");
    }

    @Test
    @Order(2)
    @DisplayName("a paid order is left alone by its timeout, and a cancelled one by a payment")
    void firstWins() throws Exception {
        Timeout paid = shop.dueAtNoon();
        shop.book("payments").pay(paid.orderId(), "P-1");
        boolean expired = shop.book("timeouts").expire(paid.orderId(), Shop.afterNoon(MINUTE));
        shop.expect(paid, "PAID", "An order is cancelled that was paid", "paid, then its timeout came");
        expectAnswer(paid, "paid, then expire", expired, false);

        Timeout cancelled = shop.dueAtNoon();
        shop.book("timeouts").expire(cancelled.orderId(), Shop.NOON);
        boolean late = shop.book("payments").pay(cancelled.orderId(), "P-2");
        shop.expect(
                cancelled,
                "CANCELLED",
                "A payment that came too late revives a cancelled order",
                "cancelled, then P-2");
        expectAnswer(cancelled, "cancelled, then pay(P-2)", late, false);
    }

    @Test
    @Order(4)
    @DisplayName("a timeout that comes before the order's deadline does nothing, a payment after it counts")
    void deadline() throws Exception {
        Timeout order = shop.dueAtNoon();
        OrderBook book = shop.book("timeouts");
        boolean early = book.expire(order.orderId(), Shop.NOON.minusMillis(1));
        if (early || !"UNPAID".equals(shop.status(order))) {
            throw Wrong.that("An order is cancelled before its deadline, because somebody said so")
                    .seen("expire was called a millisecond too early and returned " + early + "; " + shop.told(order))
                    .means(
                            "The deadline was moved, a clock is wrong, a test message came: the customer still has time.")
                    .suspect("the timeout's word is taken, and due_at is not looked at");
        }
        expectAnswer(order, "unpaid after its deadline, then pay(P-1)", book.pay(order.orderId(), "P-1"), true);
        shop.expect(order, "PAID", "An order that was paid is not paid", "paid after its deadline, before its timeout");
    }

    @Test
    @Order(5)
    @DisplayName("an order that nobody knows is neither paid nor cancelled")
    void unknown() throws Exception {
        if (shop.book("timeouts").expire("O-0", Shop.NOON)
                || shop.book("payments").pay("O-0", "P-1")) {
            throw Wrong.that("An order that does not exist was paid or cancelled");
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("payment and timeout at the same moment: exactly one wins, and the other one is told so")
    void sameMoment() throws Exception {
        for (boolean payingIsHeld : new boolean[] {false, true}) {
            for (int n = 1; n <= MANY_STEPS; n++) {
                if (!meet(n, payingIsHeld)) {
                    break;
                }
            }
        }
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("two processes expire one order, or two of the same item, at the same moment")
    void sameTimeout() throws Exception {
        for (int n = 1; n <= MANY_STEPS; n++) {
            Timeout order = shop.dueAtNoon();
            Timeout neighbour = shop.order(shop.item(order), Shop.NOON);
            CallMoment moment = CallMoment.holdBefore(shop.database.actor("first"), n);
            Callable<Boolean> first = () -> shop.book("first").expire(order.orderId(), Shop.NOON);
            Callable<Boolean> second = () -> shop.book("second").expire(order.orderId(), Shop.NOON);
            Callable<Boolean> third = () -> shop.book("third").expire(neighbour.orderId(), Shop.NOON);
            CompletableFuture<Boolean> held = Beside.run(first);
            awaitTurn(moment, held);
            CompletableFuture<Boolean> same = Beside.run(second);
            CompletableFuture<Boolean> other = Beside.run(third);
            awaitWhile(same, other);
            boolean over = !moment.hasCome();
            moment.release();
            int cancelled = (answer(held, first) ? 1 : 0) + (answer(same, second) ? 1 : 0);
            answer(other, third);
            shop.database.renew("first");
            int units = shop.units(shop.item(order));
            String what = "two processes at " + order.orderId() + ", a third one at " + neighbour.orderId()
                    + " of the same item; " + order.orderId() + " is " + shop.status(order) + ", "
                    + neighbour.orderId() + " is " + shop.status(neighbour) + ", the stock is " + units + " of "
                    + Shop.STOCK;
            if (units != Shop.STOCK) {
                throw Wrong.that("After orders of one item were cancelled at the same moment, the stock is wrong")
                        .seen(what)
                        .means("The shop sells what it does not have, or never sells what it has.")
                        .suspect(
                                "units that are read, added up in the program, and written; or given back by each call");
            }
            if (cancelled > 1) {
                throw Wrong.that("Two processes have both cancelled one order").seen(what);
            }
            if (over) {
                return;
            }
        }
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("a process that dies at any moment leaves an order that is cancelled whole, or not at all")
    void dies() throws Exception {
        for (int step = 1; step <= MANY_STEPS; step++) {
            int n = step;
            boolean before = dieAt(actor -> CallMoment.dieBefore(actor, n), "before step " + n);
            boolean after = dieAt(actor -> CallMoment.dieAfter(actor, n), "after step " + n);
            if (!before && !after) {
                return;
            }
        }
    }

    @TestFactory
    @Order(9)
    @DisplayName("for any sequence")
    Stream<DynamicTest> sequences() {
        return StepProperties.of(OrderBookProperties.class);
    }

    /** The process dies; its timeout comes again. Returns whether there was such a moment. */
    private boolean dieAt(Function<DatabaseActor, CallMoment> death, String when) throws Exception {
        Timeout order = shop.dueAtNoon();
        CallMoment moment = death.apply(shop.database.actor("first"));
        try {
            shop.book("first").expire(order.orderId(), Shop.NOON);
        } catch (ProcessDied | SQLException died) {
            // Whether it was cancelled, nobody knows.
        }
        shop.database.renew("first");
        String what = "a process died " + when + " of its conversation with the database";
        shop.expectStock(order, what);
        shop.book("second").expire(order.orderId(), Shop.NOON);
        shop.expect(
                order,
                "CANCELLED",
                "An order that was never paid is not cancelled",
                what + ", and the timeout came again");
        return moment.hasCome();
    }

    /** One is held before its n-th step while the other one comes. Returns whether there was such a step. */
    private boolean meet(int n, boolean payingIsHeld) throws Exception {
        Timeout order = shop.dueAtNoon();
        Callable<Boolean> paying = () -> shop.book("payments").pay(order.orderId(), "P-1");
        Callable<Boolean> expiring = () -> shop.book("timeouts").expire(order.orderId(), Shop.NOON);
        String first = payingIsHeld ? "payments" : "timeouts";
        CallMoment moment = CallMoment.holdBefore(shop.database.actor(first), n);
        CompletableFuture<Boolean> held = Beside.run(payingIsHeld ? paying : expiring);
        awaitTurn(moment, held);
        CompletableFuture<Boolean> other = Beside.run(payingIsHeld ? expiring : paying);
        awaitWhile(other);
        boolean come = moment.hasCome();
        moment.release();
        boolean heldWon = answer(held, payingIsHeld ? paying : expiring);
        boolean otherWon = answer(other, payingIsHeld ? expiring : paying);
        shop.database.renew(first);
        boolean paid = payingIsHeld ? heldWon : otherWon;
        boolean expired = payingIsHeld ? otherWon : heldWon;
        String what = (payingIsHeld ? "a payment" : "a timeout") + " was held before its step " + n + " while a "
                + (payingIsHeld ? "timeout" : "payment") + " came; pay said " + paid + ", expire said " + expired;
        if (paid == expired || paid != "PAID".equals(shop.status(order))) {
            throw Wrong.that("Of a payment and a timeout at the same moment, not exactly one has won")
                    .seen(what + "; " + shop.told(order))
                    .means(
                            "The customer's money is taken for an order that is cancelled, or nobody tells the customer.")
                    .suspect("the order is looked at, and then written: check, then act");
        }
        shop.expectStock(order, what);
        return come;
    }

    private static void awaitTurn(CallMoment moment, CompletableFuture<Boolean> held) {
        Eventually.within(Bench.SOON)
                .until("it is held, or has ended", () -> moment.hasCome() || held.isDone())
                .orElse(() -> Wrong.that("A call at the book of orders does not come back"));
    }

    /** Waits for the others, unless they wait themselves. */
    @SafeVarargs
    private static void awaitWhile(CompletableFuture<Boolean>... others) {
        try {
            Eventually.within(BLOCKED)
                    .until("the others have ended", () -> Stream.of(others).allMatch(CompletableFuture::isDone))
                    .orElse(() -> Wrong.that("one waits for a lock"));
        } catch (Wrong waiting) {
            // It goes on when the other one has ended.
        }
    }

    /** A database may refuse one of two that meet; its caller calls again. */
    private static boolean answer(CompletableFuture<Boolean> running, Callable<Boolean> call) throws Exception {
        try {
            return Beside.result(
                    running,
                    Bench.SOON,
                    () -> Wrong.that("A call at the book of orders does not come back")
                            .seen("two calls at the same order, at the same moment; one still waits after "
                                    + Bench.SOON.toSeconds() + " s"));
        } catch (SQLException refused) {
            return call.call();
        }
    }

    private void expectAnswer(Timeout order, String what, boolean answer, boolean expected) {
        if (answer != expected) {
            throw Wrong.that("The book of orders says the opposite of what it has done")
                    .seen(what + " returned " + answer + "; " + shop.told(order))
                    .means("Money is given back for an order that is shipped, or kept for one that is not.");
        }
    }

    private void expectDisconnected(String process) {
        if (shop.database.actor(process).openConnections() > 0) {
            throw Wrong.that("The book of orders keeps connections to the database")
                    .seen(shop.database.actor(process).openConnections() + " were not closed by the process of "
                            + process)
                    .means("After a few hundred orders the pool is empty, and the shop stands still.");
        }
    }
}

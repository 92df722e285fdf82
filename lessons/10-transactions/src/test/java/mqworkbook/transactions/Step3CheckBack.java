package mqworkbook.transactions;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TestClock;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step3CheckBack {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So often the broker asks by default, and then throws the half message away. */
    static final int MOST_CHECKS = 15;

    private static Shop shop;

    private final TestClock clock = new TestClock();
    private ShopDatabase database;

    @BeforeEach
    void open() throws Exception {
        database = ShopDatabase.create();
    }

    @AfterEach
    void closeOutlets() {
        if (shop != null) {
            shop.closeOutlets();
        }
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
            shop = null;
        }
    }

    @Test
    @Order(1)
    @Tag("fault")
    @DisplayName("killed after the commit and restarted, the shop says commit")
    void diedAfterTheCommit() {
        // Whatever it commits, and in how many transactions: what counts is whether the order is there.
        boolean placed = false;
        for (int commit = 1; commit <= 3; commit++) {
            Half half = half();
            ShopProcess first = process("shop");
            CallMoment.dieAfter(first.actor(), ShopProcess::isCommit, commit);
            half.execute(first);
            placed |= database.isPlaced(half.order.orderId());
            expectTrue(half, half.check(process("shop, restarted")), "it died after commit number " + commit);
        }
        if (!placed) {
            throw Wrong.that("An order is never committed").seen("three transactions, none has left an order");
        }
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("not found while it is still in flight is unknown, and later it is commit")
    void inFlight() throws Exception {
        for (boolean written : List.of(false, true)) {
            Half half = half();
            ShopProcess slow = process("shop");
            CallMoment moment = written
                    ? CallMoment.holdBefore(slow.actor(), ShopProcess::isCommit, 1)
                    : CallMoment.holdBefore(slow.actor(), 1);
            var executing = Beside.run(() -> half.execute(slow));
            await(moment, half);
            clock.advance(PATIENCE.dividedBy(2));
            expect(
                    LocalTransactionState.UNKNOW,
                    half,
                    half.check(process("other shop")),
                    "its transaction is under way, "
                            + (written ? "all is written and not committed" : "nothing is written yet"));
            moment.release();
            Beside.result(
                    executing,
                    Shop.SOON,
                    () -> Wrong.that("A transaction does not end").seen(half.describe()));
            expect(
                    LocalTransactionState.COMMIT_MESSAGE,
                    half,
                    half.check(process("other shop")),
                    "it was slow, and is committed");
        }
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a commit that comes through after all, when everybody had thought it lost, is a commit")
    void commitUnderWay() throws Exception {
        Half half = half();
        LostAnswers lost = new LostAnswers(LostAnswers.When.COMMIT_IS_UNDER_WAY);
        half.execute(new ShopProcess("shop", lost.of(database.dataSource()), clock, PATIENCE));
        clock.advance(PATIENCE.multipliedBy(2));
        half.check(process("other shop"));
        lost.arrive();
        half.expectAgreement();
        expectTrue(half, half.check(process("other shop")), "its commit came through");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("what never was begun is unknown at first, and rolled back when patience is over")
    void neverBegun() {
        Half half = half();
        expect(LocalTransactionState.UNKNOW, half, half.check(process("shop")), "it is as new as can be");
        expectGivenUp(half);
        for (int again = 0; again < 3; again++) {
            clock.advance(PATIENCE);
            expect(LocalTransactionState.ROLLBACK_MESSAGE, half, half.check(process("shop")), "it was given up");
        }
        half.expectAgreement();
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a transaction that wakes up after it was given up does not commit any more")
    void wakesUpLate() throws Exception {
        Half half = half();
        ShopProcess sleeper = process("shop");
        CallMoment moment = CallMoment.holdBefore(sleeper.actor(), 1);
        var executing = Beside.run(() -> half.execute(sleeper));
        await(moment, half);
        expectGivenUp(half);
        moment.release();
        Beside.result(
                executing,
                Shop.SOON,
                () -> Wrong.that("A transaction does not end").seen(half.describe()));
        half.expectAgreement();
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a transaction that is about to commit, however old it is, is not given up beside it")
    void aboutToCommit() throws Exception {
        Half half = half();
        ShopProcess sleeper = process("shop");
        CallMoment moment = CallMoment.holdBefore(sleeper.actor(), ShopProcess::isCommit, 1);
        var executing = Beside.run(() -> half.execute(sleeper));
        await(moment, half);
        clock.advance(PATIENCE.multipliedBy(2));
        half.check(process("other shop"));
        moment.release();
        Beside.result(
                executing,
                Shop.SOON,
                () -> Wrong.that("A transaction does not end").seen(half.describe()));
        half.check(process("other shop"));
        half.expectAgreement();
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("what another transaction writes, committed or not, is no reason to say commit")
    void anothersOrder() throws Exception {
        Half clicked = half();
        Half again = new Half(database, clicked.order, clock.instant());
        ShopProcess slow = process("shop");
        // It has written everything, and will be rolled back.
        CallMoment moment = CallMoment.holdBefore(slow.actor(), ShopProcess::isCommit, 1);
        var executing = Beside.run(() -> again.execute(slow));
        await(moment, again);
        clicked.check(process("other shop"));
        slow.actor().die();
        Beside.result(
                executing,
                Shop.SOON,
                () -> Wrong.that("A transaction does not end").seen(again.describe()));
        clicked.expectAgreement();
        again.expectAgreement();
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("while the database is away, nobody knows")
    void databaseAway() {
        Half placed = half();
        placed.execute(process("shop"));
        Half open = half();
        clock.advance(PATIENCE.multipliedBy(2));
        for (Half half : List.of(placed, open)) {
            ShopProcess blind = process("shop, without its database");
            for (int call = 1; call <= 4; call++) {
                CallMoment.failBefore(blind.actor(), call);
            }
            expect(LocalTransactionState.UNKNOW, half, half.check(blind), "the database cannot be asked");
        }
        expect(LocalTransactionState.COMMIT_MESSAGE, placed, placed.check(process("shop")), "the database is back");
    }

    @TestFactory
    @Order(9)
    @DisplayName("for any crashes, delays and questions")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(CheckProperties.class);
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("on a live broker, for any moments of death, side by side")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(CrashProperties.class);
    }

    @Test
    @Order(11)
    @Tag("live")
    @Tag("fault")
    @DisplayName("the broker asks in flight, and again, and after a restart, and delivers what has committed")
    void askedInFlight() throws Exception {
        shop = Shop.open();
        var names = shop.names();
        Outlet slow = shop.outlet("shop", names, Shop.FOR_EVER).start();
        var order = shop.database().order();
        // What it says in the end is lost: only the broker's next question can tell.
        slow.relay().on(TO_BROKER, Endings::isUnasked).drop();
        CallMoment moment = CallMoment.holdBefore(slow.actor(), ShopProcess::isCommit, 1);
        var placing = Beside.run(() -> slow.place(order));
        // A half message was stored, and its answer lost: the client sends it again, with the same transaction id.
        Outlet stuttering = shop.outlet("stuttering shop", names, Shop.FOR_EVER).start();
        stuttering.place(shop.database().order());
        stuttering
                .relay()
                .on(TO_CLIENT, message -> message.is("SEND_MESSAGE_V2"))
                .cutBefore();
        var twice = shop.database().order();
        Placement told = stuttering.place(twice);
        var left = leftBehind();
        Eventually.within(Shop.SOON)
                .until("the broker has asked twice", () -> shop.endings().asked(order.orderId()) >= 2)
                .orElse(() -> Wrong.that("The broker's questions about a transaction in flight are not answered")
                        .seen(shop.describe(order)));
        shop.expectNothing(order, "it is in flight, and the broker has asked about it");
        moment.release();
        Beside.result(
                placing,
                Shop.SOON,
                () -> Wrong.that("Placing an order does not end").seen(shop.describe(order)));
        shop.expectDelivered(order, "the broker had asked about it in flight, then it was committed");
        shop.expectDelivered(twice, "its half message was sent twice; told: " + told);
        expectAnsweredAfterRestart(left);
    }

    /** An order whose process dies before its verdict; nobody buys anything from the next one. */
    private static mqworkbook.transactions.shop.Order leftBehind() throws Exception {
        var names = shop.names();
        Outlet dying = shop.outlet("quiet shop", names, Shop.FOR_EVER).start();
        // What is on its way about this one would be taken for the next one's.
        shop.expectUndisturbed(dying);
        dying.dieAt(TO_BROKER, Endings::isUnasked);
        var order = shop.database().order();
        dying.placeOrDie(order);
        shop.outlet("quiet shop, restarted", names, Shop.FOR_EVER).start();
        return order;
    }

    private static void expectAnsweredAfterRestart(mqworkbook.transactions.shop.Order order) {
        Eventually.within(Shop.SOON)
                .until(
                        "a message about " + order.orderId(),
                        () -> !shop.delivered(order.orderId()).isEmpty())
                .orElse(() -> Wrong.that("A process that was restarted is not asked what its predecessor has left")
                        .seen("the order was committed, its process died before the broker was told, and the restarted"
                                + " one has sold nothing yet; " + shop.describe(order))
                        .means(
                                "At night nobody buys: the broker asks in vain 15 times, and throws the message away. The"
                                        + " customer has paid, and the order is never shipped.")
                        .suspect("a producer that is started without its topics: brokers get to know it with its first"
                                + " message"));
    }

    private void expectGivenUp(Half half) {
        LocalTransactionState said = LocalTransactionState.UNKNOW;
        for (int check = 2; check < MOST_CHECKS && said == LocalTransactionState.UNKNOW; check++) {
            clock.advance(PATIENCE);
            said = half.check(process("shop"));
        }
        if (said != LocalTransactionState.ROLLBACK_MESSAGE) {
            throw Wrong.that("A transaction that has left no trace must be given up in the end")
                    .seen("patience is " + PATIENCE.toMinutes() + " min; " + half.describe())
                    .means(
                            said == LocalTransactionState.UNKNOW
                                    ? "The broker asks 15 times, then puts the half message where nobody looks."
                                    : "An order that does not exist is shipped.");
        }
    }

    /** If its order is there, it must be commit; if not, it must not. */
    private void expectTrue(Half half, LocalTransactionState said, String why) {
        if (database.isPlaced(half.order.orderId())) {
            expect(LocalTransactionState.COMMIT_MESSAGE, half, said, why + ", and its order is committed");
        }
        half.expectAgreement();
    }

    private static void expect(LocalTransactionState expected, Half half, LocalTransactionState said, String why) {
        if (said != expected) {
            throw Wrong.that("A half message was checked, and the answer must be " + expected)
                    .seen(why + "; said: " + said + "; " + half.describe())
                    .means(
                            switch (said) {
                                case COMMIT_MESSAGE -> "Goods of an order leave the house that may never be placed.";
                                case ROLLBACK_MESSAGE ->
                                    "Its message is gone; if the order is placed, nobody hears of it.";
                                case UNKNOW -> "The message waits, and after 15 questions the broker throws it away.";
                            });
        }
    }

    private static void await(CallMoment moment, Half half) {
        Eventually.within(Shop.SOON)
                .until("the transaction is under way", moment::hasCome)
                .orElse(() -> Wrong.that("A local transaction never gets to its database")
                        .seen(half.describe()));
    }

    private Half half() {
        return new Half(database, database.order(), clock.instant());
    }

    private ShopProcess process(String name) {
        return new ShopProcess(name, database.dataSource(), clock, PATIENCE);
    }
}

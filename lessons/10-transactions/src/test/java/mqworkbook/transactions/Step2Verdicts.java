package mqworkbook.transactions;

import java.util.stream.Stream;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TestClock;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step2Verdicts {

    private static Shop shop;

    private final TestClock clock = new TestClock();
    private ShopDatabase database;

    @BeforeEach
    void open() throws Exception {
        database = ShopDatabase.create();
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
    @DisplayName("a refused order is rolled back at once")
    void refused() {
        Half dear = half(ShopDatabase.BALANCE + 1);
        expectRollback(dear, dear.execute(process("shop")), "the customer cannot pay");
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("when the answer to the commit is lost, nobody can know, and nobody says no")
    void commitAnswerLost() {
        Half half = half();
        ShopProcess process = process("shop");
        CallMoment.failAfter(process.actor(), ShopProcess::isCommit, 1);
        half.execute(process);
        half.expectAgreement();
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("when the commit has failed, nobody says yes")
    void commitFailed() {
        Half half = half();
        ShopProcess process = process("shop");
        CallMoment.failBefore(process.actor(), ShopProcess::isCommit, 1);
        half.execute(process);
        half.expectAgreement();
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("when the connection breaks during the commit, it may arrive later, and that is no no")
    void commitUnderWay() throws Exception {
        Half half = half();
        LostAnswers lost = new LostAnswers(LostAnswers.When.COMMIT_IS_UNDER_WAY);
        half.execute(new ShopProcess("shop", lost.of(database.dataSource()), clock, Shop.FOR_EVER));
        lost.arrive();
        half.expectAgreement();
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("an exception after the commit is no rollback")
    void failsAfterTheCommit() {
        Half half = half();
        LostAnswers lost = new LostAnswers(LostAnswers.When.CLOSE);
        half.execute(new ShopProcess("shop", lost.of(database.dataSource()), clock, Shop.FOR_EVER));
        half.expectAgreement();
    }

    @TestFactory
    @Order(6)
    @DisplayName("for any failure at any moment")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(VerdictProperties.class);
    }

    @Test
    @Order(7)
    @Tag("live")
    @DisplayName("customers are told what is true: placed, refused, or that nobody knows yet")
    void told() throws Exception {
        shop = Shop.open();
        var names = shop.names();
        Outlet outlet = shop.outlet("shop", names, Shop.FOR_EVER).start();
        var dear = shop.database().order(ShopDatabase.BALANCE + 1);
        expectTrue(dear, outlet.place(dear), "the customer cannot pay");
        shop.expectNothing(dear, "it was refused");
        if (!shop.endings().has(dear.orderId(), "ROLLBACK")) {
            throw Wrong.that("The message of a refused order is not rolled back")
                    .seen(shop.describe(dear))
                    .means("The broker keeps the half message, and asks about it again and again.");
        }
        // The doubtful ones are the last of the step: soon the broker begins to ask about them.
        var lost = shop.database().order();
        CallMoment.failAfter(outlet.actor(), ShopProcess::isCommit, 1);
        expectTrue(lost, outlet.place(lost), "the answer to the commit was lost");
        Outlet other = shop.outlet("other shop", names, Shop.FOR_EVER).start();
        var failed = shop.database().order();
        CallMoment.failBefore(other.actor(), ShopProcess::isCommit, 1);
        expectTrue(failed, other.place(failed), "the commit has failed");
        shop.closeOutlets();
    }

    private void expectRollback(Half half, LocalTransactionState said, String why) {
        if (said != LocalTransactionState.ROLLBACK_MESSAGE) {
            throw Wrong.that("The message of a refused order must be rolled back")
                    .seen(why + "; " + half.describe())
                    .means(
                            said == LocalTransactionState.COMMIT_MESSAGE
                                    ? "An order that does not exist is shipped."
                                    : "The broker keeps the half message, and asks about it again and again.");
        }
        half.expectAgreement();
    }

    private static void expectTrue(mqworkbook.transactions.shop.Order order, Placement told, String what) {
        Placement wrong = shop.database().isPlaced(order.orderId()) ? Placement.REFUSED : Placement.PLACED;
        if (told == wrong) {
            throw Wrong.that("A customer is told what is not so, or what nobody can know")
                    .seen(what + "; told: " + told + "; " + shop.describe(order))
                    .means("Who is told no buys elsewhere, and pays twice; who is told yes waits for ever.")
                    .suspect("the local transaction's state in the result, not looked at");
        }
    }

    private Half half() {
        return half(ShopDatabase.BALANCE / 4);
    }

    private Half half(long amount) {
        return new Half(database, database.order(amount), clock.instant());
    }

    private ShopProcess process(String name) {
        return new ShopProcess(name, database.dataSource(), clock, Shop.FOR_EVER);
    }
}

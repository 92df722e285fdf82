package mqworkbook.transactions;

import java.util.stream.Stream;
import mqworkbook.transactions.shop.Decision;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step4Consumer {

    private StockDatabase database;

    @BeforeEach
    void open() throws Exception {
        database = StockDatabase.create();
    }

    @Test
    @Order(1)
    @DisplayName("an order takes its units, and another one of the same item its own")
    void taken() {
        String item = database.item(10);
        var first = StockDatabase.order(item, 3);
        var second = StockDatabase.order(item, 3);
        StockProcess stock = new StockProcess("stock", database);
        stock.expectDone(StockProcess.message(first));
        database.expectUnits(7, first, "10 were there");
        stock.expectDone(StockProcess.message(second));
        database.expectUnits(4, second, "10 were there, and " + first.text() + " came before");
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("a message that comes again, before a restart or after it, takes nothing")
    void again() {
        var order = StockDatabase.order(database.item(10), 3);
        var message = StockProcess.message(order);
        StockProcess stock = new StockProcess("stock", database);
        stock.expectDone(message);
        stock.expectDone(message);
        database.expectUnits(7, order, "10 were there, and its message came twice");
        new StockProcess("stock, restarted", database).expectDone(message);
        database.expectUnits(7, order, "10 were there, and its message came again after a restart");
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a second message about the same order takes nothing")
    void anotherMessage() {
        var order = StockDatabase.order(database.item(10), 3);
        StockProcess stock = new StockProcess("stock", database);
        stock.expectDone(StockProcess.message(order));
        stock.expectDone(StockProcess.message(order));
        database.expectUnits(7, order, "10 were there, and two messages of different ids told of it");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("two copies at the same moment take the units once")
    void atTheSameMoment() throws Exception {
        // The first one waits before each of its calls in turn, and the second one does all of its own meanwhile.
        for (int call = 1; call <= 5; call++) {
            var order = StockDatabase.order(database.item(10), 3);
            StockProcess first = new StockProcess("stock 1", database);
            CallMoment moment = CallMoment.holdBefore(first.actor(), call);
            var one = Beside.run(() -> first.hears(StockProcess.message(order)));
            Eventually.within(Shop.SOON)
                    .until("the first one waits, or is through", () -> moment.hasCome() || one.isDone())
                    .orElse(() -> Wrong.that("A message is heard, and nothing is done")
                            .seen(order.text()));
            // It may have to wait for the first one's row, and give up: then its message comes again.
            new StockProcess("stock 2", database).hears(StockProcess.message(order));
            moment.release();
            Beside.result(one, Shop.SOON, () -> Wrong.that("Consuming does not end"));
            new StockProcess("stock 3", database).expectDone(StockProcess.message(order));
            database.expectUnits(
                    7,
                    order,
                    "10 were there, and two processes were at work on copies of one message; the first stood still at"
                            + " call number " + call);
        }
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("nothing is acknowledged before it is committed")
    void notBeforeTheCommit() throws Exception {
        var order = StockDatabase.order(database.item(10), 3);
        StockProcess stock = new StockProcess("stock", database);
        CallMoment commit = CallMoment.holdBefore(stock.actor(), ShopProcess::isCommit, 1);
        var consuming = Beside.run(() -> stock.hears(StockProcess.message(order)));
        await(commit);
        Eventually.never(
                "no answer before the commit",
                Shop.QUIET,
                consuming::isDone,
                () -> Wrong.that("A message is acknowledged before its work is committed")
                        .seen(order.text() + " is about to be committed, and the listener has answered")
                        .means("The process dies now: the order is placed, and its units are nobody's.")
                        .suspect("work that is handed to another thread"));
        commit.release();
        if (!Beside.result(consuming, Shop.SOON, () -> Wrong.that("Consuming does not end"))) {
            throw Wrong.that("A message is not consumed, though its database was only slow")
                    .seen(order.text());
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("while the database is away, the message is not acknowledged")
    void databaseAway() {
        for (int call = 1; call <= 3; call++) {
            var order = StockDatabase.order(database.item(10), 3);
            var message = StockProcess.message(order);
            StockProcess stock = new StockProcess("stock", database);
            CallMoment moment = CallMoment.failBefore(stock.actor(), call);
            boolean done = stock.hears(message);
            if (done && moment.hasCome() && database.units(order.item()) != 7) {
                throw Wrong.that("An order is acknowledged, and its units were never taken")
                        .seen(order.text() + ": the database failed at call number " + call
                                + ", and the listener has answered CONSUME_SUCCESS")
                        .means("The shop sells what it has promised to somebody else.")
                        .suspect("an exception that is caught, logged and forgotten");
            }
            stock.expectDone(message);
            database.expectUnits(7, order, "10 were there, the database failed once, and the message came again");
        }
    }

    @Test
    @Order(7)
    @DisplayName("what was refused once stays refused, also when there is stock again")
    void staysRefused() throws Exception {
        String item = database.item(2);
        var order = StockDatabase.order(item, 3);
        expectDecision(Decision.REFUSED, order, "2 were there");
        database.restock(item, 10);
        expectDecision(Decision.REFUSED, order, "it was refused, then the stock was filled up");
        database.expectUnits(10, order, "it was refused when there were 2, and asked for again when there were 10");
    }

    @TestFactory
    @Order(8)
    @DisplayName("for any copies, crashes and failures, in any order")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(StockProperties.class);
    }

    @TestFactory
    @Order(9)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("from the customer's click to the stock, on a live broker")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(EffectProperties.class);
    }

    private void expectDecision(Decision expected, mqworkbook.transactions.shop.Order order, String what)
            throws Exception {
        Decision decision = new Reservations(database.dataSource()).decide(order);
        if (decision != expected) {
            throw Wrong.that("The stock service changes its mind about an order")
                    .seen(order.text() + ", " + what + ": " + decision)
                    .means("The shop has cancelled the order already, and its units are reserved for nobody.")
                    .suspect("a refusal that leaves no record");
        }
    }

    private static void await(CallMoment moment) {
        Eventually.within(Shop.SOON)
                .until("the order is about to be committed", moment::hasCome)
                .orElse(() -> Wrong.that("A message is heard, and nothing is committed"));
    }
}

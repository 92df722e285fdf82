package mqworkbook.transactions;

import java.sql.SQLException;
import java.util.stream.Stream;
import mqworkbook.transactions.shop.OrderRefusedException;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.exception.MQClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step1HalfMessage {

    private static Shop shop;

    /** The first tests need no broker, so they do not wait for one. */
    private static Shop shop() throws Exception {
        if (shop == null) {
            shop = Shop.open();
        }
        return shop;
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
    @DisplayName("an order is written, and paid from the customer's account")
    void written() throws Exception {
        ShopDatabase database = ShopDatabase.create();
        var order = database.order(3_000);
        new OrderBook(database.dataSource()).place("T-1", order);
        if (!database.status(order.orderId()).filter("PLACED"::equals).isPresent()) {
            throw Wrong.that("An order that was placed must be in the table of orders as PLACED")
                    .seen(database.describe(order));
        }
        database.expectBooksBalance(order, "it was placed");
    }

    @Test
    @Order(2)
    @DisplayName("who cannot pay is refused, and nothing of the order is left")
    void cannotPay() throws Exception {
        ShopDatabase database = ShopDatabase.create();
        var order = database.order(ShopDatabase.BALANCE + 1);
        expectRefused(database, "T-1", order, "it costs more than there is in the account");
        if (database.status(order.orderId()).isPresent()) {
            throw Wrong.that("An order that was refused is in the table of orders")
                    .seen(database.describe(order))
                    .means("It is shipped, and nobody can pay for it.")
                    .suspect("no rollback when the payment fails");
        }
        database.expectBooksBalance(order, "it was refused");
    }

    @Test
    @Order(3)
    @DisplayName("the customer's second click is refused, and takes no money")
    void secondClick() throws Exception {
        ShopDatabase database = ShopDatabase.create();
        var order = database.order();
        new OrderBook(database.dataSource()).place("T-1", order);
        expectRefused(database, "T-2", order, "it is there already, by another transaction");
        database.expectBooksBalance(order, "it was placed, and a second time by another transaction");
    }

    @TestFactory
    @Order(4)
    @DisplayName("for any orders, clicks and failures")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(BookProperties.class);
    }

    @Test
    @Order(5)
    @DisplayName("an order is placed, and consumers are told")
    void placed() throws Exception {
        var order = shop().database().order();
        Outlet outlet = shop.outlet("shop", shop.names(), Shop.FOR_EVER).start();
        expectTold(Placement.PLACED, outlet.place(order), order);
        if (!shop.database().isPlaced(order.orderId())) {
            throw Wrong.that("A customer was told that the order is placed, and it is not in the database")
                    .seen(shop.describe(order))
                    .suspect("a local transaction that was never run");
        }
        shop.expectDelivered(order, "it was placed");
        if (!shop.endings().has(order.orderId(), "COMMIT")) {
            throw Wrong.that("A message about an order was not sent as a half message")
                    .seen(shop.describe(order))
                    .means("It is out before the order is in the database, or is not sent at all if the process dies.")
                    .suspect("send in place of sendMessageInTransaction");
        }
    }

    @Test
    @Order(6)
    @DisplayName("while the order is not committed, nobody hears of it")
    void notBeforeTheCommit() throws Exception {
        var order = shop().database().order();
        Outlet outlet = shop.outlet("shop", shop.names(), Shop.FOR_EVER).start();
        CallMoment commit = CallMoment.holdBefore(outlet.actor(), ShopProcess::isCommit, 1);
        var placing = Beside.run(() -> outlet.place(order));
        Eventually.within(Shop.SOON)
                .until("the order is about to be committed", commit::hasCome)
                .orElse(() -> Wrong.that("An order is never committed").seen(shop.describe(order)));
        shop.expectNothing(order, "its transaction is about to commit, and waits for the database");
        commit.release();
        expectTold(Placement.PLACED, Beside.result(placing, Shop.SOON, () -> stuck(order)), order);
        shop.expectDelivered(order, "its transaction was slow, and has committed");
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("when the broker does not take the half message, there is no order")
    void noBroker() throws Exception {
        var order = shop().database().order();
        var next = shop.database().order();
        Outlet outlet = shop.outlet("shop", shop.names(), Shop.FOR_EVER).start();
        outlet.place(shop.database().order());
        outlet.relay().refuse();
        Placement told = null;
        try {
            told = outlet.place(order);
        } catch (MQClientException expected) {
            // So the caller knows.
        }
        if (told == Placement.PLACED) {
            throw Wrong.that("A customer was told that the order is placed, and the broker was out of reach")
                    .seen(shop.describe(order));
        }
        shop.expectNothing(order, "the broker was out of reach when it was placed");
        outlet.relay().heal();
        expectTold(Placement.PLACED, outlet.place(next), next);
        shop.expectDelivered(next, "the broker is back");
    }

    @TestFactory
    @Order(8)
    @Tag("live")
    @DisplayName("for any orders of any customers at the same time")
    Stream<DynamicTest> liveProperties() {
        return StepProperties.of(PlacingProperties.class);
    }

    private static void expectRefused(
            ShopDatabase database, String transaction, mqworkbook.transactions.shop.Order order, String why)
            throws SQLException {
        try {
            new OrderBook(database.dataSource()).place(transaction, order);
        } catch (OrderRefusedException expected) {
            return;
        }
        throw Wrong.that("An order that must be refused is taken")
                .seen(why + "; " + database.describe(order))
                .means("The shop ships what nobody pays for, or takes the money twice.");
    }

    private static void expectTold(Placement expected, Placement told, mqworkbook.transactions.shop.Order order) {
        if (told != expected) {
            throw Wrong.that("The customer must be told that the order is " + expected)
                    .seen("told: " + told + "; " + shop.describe(order));
        }
    }

    private static Wrong stuck(mqworkbook.transactions.shop.Order order) {
        return Wrong.that("Placing an order does not end").seen(shop.describe(order));
    }
}

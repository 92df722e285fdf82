package mqworkbook.transactions;

import java.util.stream.Stream;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step5Compensation {

    private static Shop shop;
    private static StockDatabase stock;

    private ShopDatabase database;

    @BeforeEach
    void open() throws Exception {
        if (shop == null) {
            shop = Shop.open();
            stock = StockDatabase.live();
        }
        database = shop.database();
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
    @DisplayName("a refused order is told to the shop, and a reserved one is not")
    void told() throws Exception {
        StockProcess process = process("stock");
        var refused = StockDatabase.order(stock.item(2), 3);
        var reserved = StockDatabase.order(stock.item(3), 3);
        process.expectDone(StockProcess.message(refused));
        process.expectDone(StockProcess.message(reserved));
        shop.expectRefused(refused, "2 units were there");
        if (!shop.refusals(reserved.orderId()).isEmpty()) {
            throw Wrong.that("An order whose units are reserved is told as refused")
                    .seen(reserved.text() + ": 3 units were there")
                    .means("The shop cancels it, and its units lie in the stock for ever.");
        }
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("who dies between the refusal and its message leaves the message to the next")
    void diesBeforeTelling() throws Exception {
        var order = StockDatabase.order(stock.item(2), 3);
        var message = StockProcess.message(order);
        StockProcess first = process("stock");
        CallMoment.dieAfter(first.actor(), ShopProcess::isCommit, 1);
        first.hears(message);
        process("stock, restarted").expectDone(message);
        shop.expectRefused(order, "a process died when it had refused, and before it had told; the message came again");
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("while the broker does not take the refusal, the order's message is not acknowledged")
    void brokerAway() throws Exception {
        RocketMqClient client = shop.client("stock, cut off");
        var names = shop.names();
        var producer = Warehouse.producer(client, names);
        StockProcess process = new StockProcess("stock", stock, producer, names);
        var before = StockDatabase.order(stock.item(2), 3);
        process.expectDone(StockProcess.message(before));
        client.relay().refuse();
        var order = StockDatabase.order(stock.item(2), 3);
        var message = StockProcess.message(order);
        if (process.hears(message)) {
            throw Wrong.that("A refusal is lost, and the order's message is acknowledged")
                    .seen(order.text() + " was refused while the broker was out of reach, and the listener has answered"
                            + " CONSUME_SUCCESS")
                    .means("The customer has paid, and gets neither the goods nor the money.")
                    .suspect("sendOneway, an asynchronous send that nobody waits for, or an exception that is caught");
        }
        client.relay().heal();
        process.expectDone(message);
        shop.expectRefused(order, "the broker was out of reach, then it was back, and the message came again");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("what is not decided for good is not told")
    void notToldBeforeDecided() throws Exception {
        var order = StockDatabase.order(stock.item(2), 3);
        StockProcess process = process("stock");
        CallMoment.failBefore(process.actor(), ShopProcess::isCommit, 1);
        process.hears(StockProcess.message(order));
        stock.restock(order.item(), 10);
        process("stock, restarted").expectDone(StockProcess.message(order));
        boolean reserved = stock.units(order.item()) < 10;
        if (reserved && !shop.refusals(order.orderId()).isEmpty()) {
            throw Wrong.that("An order is told as refused, and its units are taken")
                    .seen(order.text()
                            + ": the refusal was told, its decision could not be committed, the stock was filled"
                            + " up, and the message came again")
                    .means("The shop cancels the order, and its units are reserved for nobody.")
                    .suspect("a refusal that is published before it is committed");
        }
    }

    @Test
    @Order(5)
    @DisplayName("a refused order is cancelled, and the customer has the money back")
    void cancelled() throws Exception {
        var order = placed();
        cancel(order);
        expectCancelled(order, "it was refused");
        cancel(order);
        cancel(order);
        expectCancelled(order, "the refusal came three times");
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("two refusals at the same moment give the money back once")
    void atTheSameMoment() throws Exception {
        // The first one waits before each of its calls in turn, and the second one does all of its own meanwhile.
        for (int call = 1; call <= 5; call++) {
            var order = placed();
            DatabaseActor first = new DatabaseActor("shop 1", database.dataSource());
            CallMoment moment = CallMoment.holdBefore(first, call);
            var one = Beside.run(() -> cancelBy(first, order));
            Eventually.within(Shop.SOON)
                    .until("the first one waits, or is through", () -> moment.hasCome() || one.isDone())
                    .orElse(() ->
                            Wrong.that("A refused order is never cancelled").seen(database.describe(order)));
            cancelBy(new DatabaseActor("shop 2", database.dataSource()), order);
            moment.release();
            Beside.result(one, Shop.SOON, () -> Wrong.that("Cancelling does not end"));
            cancel(order);
            expectCancelled(
                    order,
                    "two processes were at work on copies of one refusal; the first stood still at call number "
                            + call);
        }
    }

    @Test
    @Order(7)
    @DisplayName("what was never placed gives no money back")
    void neverPlaced() throws Exception {
        var order = database.order();
        cancelBy(new DatabaseActor("shop", database.dataSource()), order);
        if (database.balance(order.customerId()) != ShopDatabase.BALANCE) {
            throw Wrong.that("Money is given back that was never taken")
                    .seen(database.describe(order) + ", of " + ShopDatabase.BALANCE + " at first");
        }
    }

    @TestFactory
    @Order(8)
    @DisplayName("for any copies, crashes and failures")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(RefundProperties.class);
    }

    @Test
    @Order(9)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(90)
    @DisplayName("from click to shipment or refund, with a restart of the broker and deaths on the way")
    void saga() throws Exception {
        new Saga(shop, stock).run();
    }

    private mqworkbook.transactions.shop.Order placed() throws Exception {
        var order = database.order();
        new OrderBook(database.dataSource()).place("T-" + order.orderId(), order);
        return order;
    }

    private void cancel(mqworkbook.transactions.shop.Order order) throws Exception {
        new Cancellations(database.dataSource()).cancel(order);
    }

    /** Null: a type for {@link Beside}. A process that has to give up is asked again later. */
    private static Void cancelBy(DatabaseActor actor, mqworkbook.transactions.shop.Order order) {
        try {
            new Cancellations(actor.dataSource()).cancel(order);
        } catch (java.sql.SQLException | ProcessDied e) {
            // The refusal comes again.
        }
        return null;
    }

    private void expectCancelled(mqworkbook.transactions.shop.Order order, String what) {
        database.expectCancelled(order, what);
    }

    private static StockProcess process(String name) throws Exception {
        return shop.stockProcess(name, stock);
    }
}

package mqworkbook.transactions;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.rocketmq.Shutdown;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.MessageExt;

/** The shop on a live broker: its database, a topic of orders, and processes that come, go and die. */
final class Shop implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(15);
    static final Duration QUIET = Duration.ofMillis(250);

    /** For orders that nobody is to give up. */
    static final Duration FOR_EVER = Duration.ofHours(1);

    private static final Duration LOOK = Duration.ofMillis(30);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final RocketMqFixture rocket;
    private final ShopDatabase database;
    private final Endings endings = new Endings();
    private final List<Outlet> outlets = new CopyOnWriteArrayList<>();
    private final List<Warehouse> warehouses = new CopyOnWriteArrayList<>();
    private final List<Back> backs = new CopyOnWriteArrayList<>();
    private final Set<String> groups = new HashSet<>();
    private DefaultMQProducer byHand;
    private List<MessageExt> seen = List.of();
    private long looked;

    private Shop(RocketMqFixture rocket) throws Exception {
        this.rocket = rocket;
        database = ShopDatabase.create();
        rocket.watch(endings::passed);
        ShopNames names = ShopNames.of(rocket.prefix());
        rocket.topics().create(names.orders(), 1);
        rocket.topics().create(names.refusals(), 1);
    }

    static Shop open() throws Exception {
        return new Shop(RocketMqFixture.open(Brokers.forRun().require(BrokerKind.ROCKETMQ)));
    }

    /** Names with a producer group that no other test uses, so that nobody answers for its half messages by accident. */
    ShopNames names() {
        ShopNames names = ShopNames.of(rocket.prefix());
        String number = "-" + NUMBERS.incrementAndGet();
        return new ShopNames(
                names.orders(),
                names.refusals(),
                names.producerGroup() + number,
                names.stockGroup() + number,
                names.shopGroup() + number);
    }

    RocketMqFixture rocket() {
        return rocket;
    }

    ShopDatabase database() {
        return database;
    }

    Endings endings() {
        return endings;
    }

    /** A process of the shop that is not started yet. */
    Outlet outlet(String name, ShopNames names, Duration patience) {
        Outlet outlet = new Outlet(
                rocket.client(name + " " + NUMBERS.incrementAndGet()), names, database.dataSource(), patience);
        outlets.add(outlet);
        return outlet;
    }

    /** A process of the stock service that is not started yet. */
    Warehouse warehouse(String name, ShopNames names, StockDatabase stock) throws Exception {
        createRetries(names.stockGroup());
        Warehouse warehouse = new Warehouse(rocket.client(name + " " + NUMBERS.incrementAndGet()), names, stock);
        warehouses.add(warehouse);
        return warehouse;
    }

    /** A process of the back office that is not started yet. */
    Back back(String name, ShopNames names) {
        createRetries(names.shopGroup());
        Back back = new Back(rocket.client(name + " " + NUMBERS.incrementAndGet()), names, database);
        backs.add(back);
        return back;
    }

    /** Its messages come from the judge; what it refuses goes to the live broker. */
    StockProcess stockProcess(String name, StockDatabase stock) throws Exception {
        if (byHand == null) {
            byHand = Warehouse.producer(rocket.client("by hand"), names());
        }
        return new StockProcess(name, stock, byHand, names());
    }

    RocketMqClient client(String name) {
        return rocket.client(name);
    }

    void restartBroker() {
        rocket.restartBroker();
        // Every wire is whole again; the dead stay dead.
        outlets.stream().filter(Outlet::isDead).forEach(Outlet::die);
        Stream.concat(backs.stream().map(Back::actor), warehouses.stream().map(Warehouse::actor))
                .filter(DatabaseActor::isDead)
                .forEach(DatabaseActor::die);
    }

    List<MessageExt> refusals(String orderId) {
        return rocket.topics().read(ShopNames.of(rocket.prefix()).refusals()).stream()
                .filter(message -> orderId.equals(message.getKeys()))
                .toList();
    }

    /** The shop is told that there is no stock for the order. */
    void expectRefused(Order order, String what) {
        // What the broker has can be read a moment later.
        Eventually.within(Duration.ofSeconds(5))
                .until("a refusal", () -> !refusals(order.orderId()).isEmpty())
                .orElse(() -> Wrong.that("An order was refused, and the shop is never told")
                        .seen(what + "; " + order.text()
                                + ": its message is acknowledged, and no refusal is in the topic")
                        .means("The customer has paid, and gets neither the goods nor the money.")
                        .suspect("a refusal that is told only by whoever decided, or not at all"));
        for (MessageExt refusal : refusals(order.orderId())) {
            if (!order.equals(OrderMessages.order(refusal))) {
                throw Wrong.that("A refusal tells of another order")
                        .seen("refused: " + order.text() + "; told: "
                                + OrderMessages.order(refusal).text());
            }
        }
    }

    private void createRetries(String group) {
        if (groups.add(group)) {
            rocket.topics().createRetries(group);
        }
    }

    void closeWarehouses() {
        warehouses.forEach(Shutdown::behind);
        warehouses.clear();
    }

    /** Publishes the message about an order once more, as people do after an outage. */
    void publish(Order order) throws Exception {
        if (byHand == null) {
            byHand = Warehouse.producer(rocket.client("by hand"), names());
        }
        byHand.send(OrderMessages.placed(ShopNames.of(rocket.prefix()), order));
    }

    /** All processes end. */
    void closeOutlets() {
        outlets.forEach(Shutdown::behind);
        outlets.clear();
    }

    /** Messages about an order that consumers are given. */
    synchronized List<MessageExt> delivered(String orderId) {
        if (System.nanoTime() - looked > LOOK.toNanos()) {
            seen = rocket.topics().read(ShopNames.of(rocket.prefix()).orders());
            looked = System.nanoTime();
        }
        return seen.stream()
                .filter(message -> orderId.equals(message.getKeys()))
                .toList();
    }

    void expectDelivered(Order order, String what) {
        Eventually.within(SOON)
                .until(
                        "a message about " + order.orderId(),
                        () -> !delivered(order.orderId()).isEmpty())
                .orElse(() -> Wrong.that("An order is placed, and no message tells of it")
                        .seen(what + "; " + describe(order))
                        .means("The customer has paid, and nobody hears of the order: it is never shipped."));
        for (MessageExt message : delivered(order.orderId())) {
            if (!order.equals(OrderMessages.order(message))) {
                throw Wrong.that("The message about an order tells of another one")
                        .seen("placed: " + order.text() + "; told: "
                                + OrderMessages.order(message).text());
            }
        }
    }

    /** No message is there, and the order is not. */
    void expectNothing(Order order, String what) {
        Eventually.never(
                "no message about " + order.orderId(),
                QUIET,
                () -> !delivered(order.orderId()).isEmpty(),
                () -> ghost(order, what));
        if (database.isPlaced(order.orderId())) {
            throw Wrong.that("An order is placed, and no message tells of it")
                    .seen(what + "; " + describe(order))
                    .means("The customer has paid, and nobody hears of the order: it is never shipped.")
                    .suspect("a local transaction that runs outside of the listener");
        }
    }

    /** Places an order of which nothing is on its way any more afterwards. */
    void expectUndisturbed(Outlet outlet) throws Exception {
        Order order = database.order();
        outlet.place(order);
        Eventually.within(SOON)
                .until("the broker is told", () -> !endings.of(order.orderId()).isEmpty())
                .orElse(() -> Wrong.that("The broker is never told what became of a transaction")
                        .seen(describe(order)));
    }

    /** A message is delivered if and only if its order is there. */
    void expectBothOrNeither(Order order, String what) {
        if (database.isPlaced(order.orderId())) {
            expectDelivered(order, what);
        } else if (!delivered(order.orderId()).isEmpty()) {
            throw ghost(order, what);
        }
        database.expectBooksBalance(order, what);
    }

    private Wrong ghost(Order order, String what) {
        return Wrong.that("A message tells of an order that is not there")
                .seen(what + "; " + describe(order))
                .means("Everybody works on an order that the shop does not know: goods leave the house, unpaid.")
                .suspect("a message that is sent, or released, before the database has committed");
    }

    String describe(Order order) {
        return database.describe(order) + "; messages: "
                + delivered(order.orderId()).stream().map(MessageExt::getMsgId).collect(Collectors.toList()) + "; "
                + endings.describe(order.orderId());
    }

    @Override
    public void close() {
        closeOutlets();
        closeWarehouses();
        backs.forEach(Shutdown::behind);
        if (byHand != null) {
            Shutdown.behind(byHand::shutdown);
        }
        rocket.close();
    }
}

package mqworkbook.peakshaving;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mqworkbook.peakshaving.sale.Balance;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step5Audit {

    private static final Duration OVERDUE = Market.GRACE.plus(Duration.ofSeconds(1));
    private static final int SMALL = 3;

    private Market market;
    private Buys buys;
    private Auditor auditor;

    @BeforeEach
    void open(RedisFixture redis, RabbitMqFixture rabbit) throws Exception {
        market = new Market(redis, rabbit);
        buys = new Buys(market);
        market.createTable();
        auditor = market.auditor("auditor");
    }

    @Test
    @Order(1)
    @DisplayName("the balance says where every unit is")
    void balance() throws Exception {
        Admission admission = market.admission("shop");
        OrderBook book = new OrderBook(market.database().of("drain"));
        Sale sale = market.sale(10);
        expectBalance(sale, 10, 0, 0, "nothing is sold");
        Purchase first = sale.click(2);
        Purchase second = sale.click(3);
        admission.reserve(first);
        admission.reserve(second);
        expectBalance(sale, 5, 5, 0, first.text() + " and " + second.text() + " are reserved");
        book.place(first);
        expectBalance(sale, 5, 3, 2, first.text() + " is an order, and " + second.text() + " is not yet");
        Sale other = market.sale(4);
        Purchase elsewhere = other.click(second.userId(), 1);
        other.register(second.userId());
        admission.reserve(elsewhere);
        book.place(elsewhere);
        expectBalance(sale, 5, 3, 2, second.userId() + " has an order in another sale");
        book.place(second);
        expectBalance(sale, 5, 0, 5, "all that was won is ordered");
        expectBalance(other, 3, 0, 1, "one unit of 4 is ordered");
    }

    @Test
    @Order(2)
    @DisplayName("units that have leaked, or that are there twice, show in the balance")
    void discrepancy() throws Exception {
        Sale sale = market.sale(10);
        market.admission("shop").reserve(sale.click(2));
        market.redis.data().decrby(market.names.stock(sale.id), 3);
        expectBalance(sale, 5, 2, 0, "somebody has taken 3 units out of the stock, and noted nothing");
        market.redis.data().incrby(market.names.stock(sale.id), 7);
        expectBalance(sale, 12, 2, 0, "somebody has put 7 units into the stock");
    }

    @Test
    @Order(3)
    @DisplayName("what was reserved and never published is published, once it is old enough")
    void neverPublished() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        market.admission("shop that died").reserve(purchase);
        auditor.reconcile(sale.id);
        if (market.waiting() > 0) {
            throw Wrong.that("A reservation is taken over while its maker is still at it")
                    .seen(purchase.text() + " was reserved this moment, and is published by the reconciler; the grace"
                            + " is " + Market.GRACE.toSeconds() + " s")
                    .means(
                            "Its maker publishes it, too, or is refused and gives it back, while an order is made of it.")
                    .suspect("the age of the reservation is not looked at");
        }
        market.clock.advance(OVERDUE);
        int queued = auditor.reconcile(sale.id);
        expectRepaired(sale, purchase, "it was reserved, and its process died before it was published");
        if (queued != 1) {
            throw Wrong.that("The reconciler reports another number than it has brought into the queue")
                    .seen("1 in the queue, " + queued + " reported");
        }
        market.clock.advance(OVERDUE);
        auditor.reconcile(sale.id);
        expectNothingMore(sale, purchase, "the reconciler had its confirm");
    }

    @Test
    @Order(4)
    @DisplayName("what is known to be in the queue is not published again, however long it waits there")
    void knownToBeQueued() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        FlashSale shop = market.shop("shop");
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        shop.buy(purchase);
        // Whatever the shop has noted after its answer, it has noted before the next one.
        Sale other = market.sale(1);
        shop.buy(other.click(1));
        market.takeWaiting();
        market.clock.advance(OVERDUE);
        auditor.reconcile(sale.id);
        expectNothingMore(sale, purchase, "the queue had confirmed it");
    }

    @Test
    @Order(5)
    @Tag("fault")
    @TimeLimit(40)
    @DisplayName("wherever a process dies between script, publish and confirm, the sale is whole in the end")
    void crashPoints() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        Crashes crashes = new Crashes(market);
        for (Crashes.Point point : Crashes.Point.values()) {
            Sale sale = market.sale(5);
            Purchase purchase = sale.click(2);
            crashes.sellAndDie(purchase, point);
            sale.expectConserved("after a process has died " + point);
            Crashes.reconcile(market, auditor, List.of(sale));
            List<Purchase> waiting = market.takeWaiting();
            expectWhole(sale, purchase, waiting, "a process died " + point + " while it sold");
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("what may be in the queue is not given back because a second copy is refused")
    void refusedOnTheSecondTry() throws Exception {
        market.declareQueue(SMALL);
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        new Crashes(market).sellAndDie(purchase, Crashes.Point.BEFORE_CONFIRM);
        buys.fillQueue(SMALL);
        market.clock.advance(OVERDUE);
        auditor.reconcile(sale.id);
        String situation = "its first copy is in the queue, unconfirmed, and the full queue has refused the second";
        buys.expectStands(purchase, sale, situation);
        market.takeWaiting();
        Eventually.within(Market.SOON)
                .until("it is published when there is room", () -> {
                    market.clock.advance(OVERDUE);
                    auditor.reconcile(sale.id);
                    return market.takeWaiting().contains(purchase);
                })
                .orElse(() -> neverRepaired(sale, purchase, situation + ", and then there was room again"));
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("who asks again about a win in doubt does not lose it to a queue that is full by now")
    void askedAgain() throws Exception {
        market.declareQueue(SMALL);
        FlashSale shop = market.shop("shop");
        FlashSale other = market.shop("other shop");
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        shop.buy(market.sale(1).click("U-nobody", 1));
        market.rabbit
                .client("shop")
                .relay()
                .on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                .cutBefore();
        buys.buy(shop, purchase);
        buys.fillQueue(SMALL);
        Outcome again = buys.buy(other, purchase);
        String situation =
                "its first copy is in the queue, unconfirmed; the same request came again, and the full queue"
                        + " refused the second copy";
        buys.expectStands(purchase, sale, situation);
        Admissions.expectSaid(Outcome.WON, again, purchase, sale, situation);
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("a process that has slept through its grace gives nothing back that somebody else has published")
    void sleeper() throws Exception {
        market.declareQueue(SMALL);
        FlashSale shop = market.shop("sleeper");
        Sale sale = market.sale(5);
        Sale before = market.sale(1);
        shop.buy(before.click(1));
        market.takeWaiting();
        Purchase purchase = sale.click(2);
        Rule held = market.rabbit
                .client("sleeper")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .stall();
        CompletableFuture<Outcome> call = Beside.run(() -> shop.buy(purchase));
        Eventually.within(Market.SOON)
                .until("it is reserved", () -> sale.holds(purchase))
                .orElse(() -> Admissions.late(purchase.text()));
        market.clock.advance(OVERDUE);
        // The reconciler does not know either whether its copy has arrived.
        market.rabbit
                .client("auditor")
                .relay()
                .on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                .cutBefore();
        auditor.reconcile(sale.id);
        buys.expectWaiting(1, () -> neverRepaired(sale, purchase, "its process had fallen asleep before it published"));
        buys.fillQueue(SMALL);
        held.cancel();
        Outcome outcome = buys.result(call, purchase);
        String situation =
                "its process slept; the reconciler published it; then the process woke up, and the full queue"
                        + " refused its own copy";
        buys.expectStands(purchase, sale, situation);
        Admissions.expectSaid(Outcome.WON, outcome, purchase, sale, situation);
    }

    @Test
    @Order(9)
    @Tag("fault")
    @DisplayName(
            "a reconciler that dies, or finds the broker away, leaves nothing behind that the next one does not find")
    void reconcilerDies() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        market.admission("shop that died").reserve(purchase);
        market.clock.advance(OVERDUE);
        Auditor dying = market.auditor("dying auditor");
        Rule death = market.rabbit
                .client("dying auditor")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        CompletableFuture<Integer> call = Beside.run(() -> dying.reconcile(sale.id));
        Eventually.within(Market.SOON)
                .until("it dies", () -> hit(death) || call.isDone())
                .orElse(() -> Admissions.late("reconcile()"));
        market.kill("dying auditor");
        market.rabbit.client("auditor").relay().refuse();
        market.clock.advance(OVERDUE);
        auditor.reconcile(sale.id);
        market.rabbit.client("auditor").relay().heal();
        Eventually.within(Market.SOON)
                .until("the purchase is in the queue", () -> {
                    market.clock.advance(OVERDUE);
                    auditor.reconcile(sale.id);
                    return market.waiting() > 0;
                })
                .orElse(() -> neverRepaired(
                        sale, purchase, "one reconciler died while it published it, the next found the broker away"));
        expectRepaired(sale, purchase, "two reconcilers had failed");
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @TimeLimit(60)
    @DisplayName("for any shoppers and any crashes")
    Stream<DynamicTest> properties() {
        return StepProperties.of(AuditProperties.class);
    }

    private static boolean hit(Rule rule) {
        try {
            return rule.awaitHit(Duration.ofMillis(1)) != null;
        } catch (AssertionError notYet) {
            return false;
        }
    }

    private void expectBalance(Sale sale, long stock, long reserved, long ordered, String situation)
            throws SQLException {
        Balance expected = new Balance(stock, reserved, ordered);
        Balance balance = auditor.balance(sale.id);
        if (!expected.equals(balance)) {
            throw Wrong.that("The balance does not say where the units are")
                    .seen(sale.id + ": " + situation + "; expected " + expected + ", reported " + balance)
                    .means("A leak goes unnoticed, or an alarm goes off for a sale that is in perfect order.")
                    .suspect(
                            "reservations that are counted although they are orders by now, or orders of another sale");
        }
    }

    private void expectRepaired(Sale sale, Purchase purchase, String situation) {
        List<Purchase> waiting = market.takeWaiting();
        if (!waiting.contains(purchase)) {
            throw neverRepaired(sale, purchase, situation);
        }
        expectWhole(sale, purchase, waiting, situation);
    }

    private void expectWhole(Sale sale, Purchase purchase, List<Purchase> waiting, String situation) {
        sale.expectConserved("after the reconciler, when " + situation);
        if (sale.holds(purchase) && !waiting.contains(purchase)) {
            throw neverRepaired(sale, purchase, situation);
        }
        if (!sale.holds(purchase) && waiting.contains(purchase)) {
            throw Wrong.that("Units that may be in the queue were given back")
                    .seen(purchase.text() + ": " + situation + "; it is in the queue, and " + sale.describe())
                    .means("The order is made all the same, and the same units are sold a second time.")
                    .suspect("a reservation that is undone because nobody knows of its publish");
        }
    }

    private Wrong neverRepaired(Sale sale, Purchase purchase, String situation) {
        return Wrong.that("A win that a dead process has left lying never becomes an order")
                .seen(purchase.text() + ": " + situation + "; after the reconciler it is not in the queue; "
                        + sale.describe())
                .means("The shopper has won, nothing is ever sent, and nobody else can have the units.")
                .suspect("a reservation that the reconciler does not find, or forgets before it is confirmed");
    }

    private void expectNothingMore(Sale sale, Purchase purchase, String why) {
        List<Purchase> waiting = market.takeWaiting();
        if (waiting.contains(purchase)) {
            throw Wrong.that("What is known to be in the queue is published again and again")
                    .seen(purchase.text() + " was published once more, though " + why)
                    .means(
                            "The backlog of the sale is an hour long. Each run of the reconciler makes it an hour longer.")
                    .suspect("a confirm that is not noted, or reservations that are all taken for unpublished");
        }
        sale.expectConserved("after the reconciler");
    }
}

package mqworkbook.peakshaving;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step4Drain {

    private static final String DRAIN = "drain";

    private Market market;
    private Drains drains;
    private Sale sale;

    @BeforeEach
    void open(RedisFixture redis, RabbitMqFixture rabbit) throws Exception {
        market = new Market(redis, rabbit);
        market.createTable();
        market.declareQueue(Market.QUEUE_LIMIT);
        drains = new Drains(market);
        sale = market.sale(100);
    }

    @AfterEach
    void close() {
        if (drains != null) {
            drains.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("a win becomes an order")
    void ordered() throws Exception {
        Purchase first = enqueued(2);
        drains.start(DRAIN);
        Purchase second = enqueued(3);
        drains.expectOrder(first);
        drains.expectOrder(second);
    }

    @Test
    @Order(3)
    @DisplayName("what is written is acknowledged")
    void acknowledged() throws Exception {
        Purchase purchase = enqueued(2);
        drains.start(DRAIN);
        drains.expectOrder(purchase);
        drains.expectSettled(DRAIN, 1, purchase.text() + " is written, and acknowledged");
        expectEmptyAfterLeaving();
    }

    @Test
    @Order(4)
    @DisplayName("the same win twice is one order; the same user in another sale is another")
    void twice() throws Exception {
        Purchase purchase = enqueued(2);
        Sale other = market.sale(5);
        Purchase elsewhere = other.click(purchase.userId(), 1);
        market.enqueue(elsewhere);
        market.enqueue(purchase);
        OrderDrain first = drains.start(DRAIN);
        drains.expectOrder(purchase);
        drains.expectOrder(elsewhere);
        drains.expectSettled(DRAIN, 3, "all three copies are dealt with");
        // After a restart nothing is in memory any more.
        first.close();
        drains.start("drain, restarted");
        market.enqueue(purchase);
        drains.expectSettled("drain, restarted", 1, "the third copy is dealt with");
        drains.expectOneRow(purchase);
        drains.expectNoDeadLetters("three copies of " + purchase.text() + " came, and one is an order");
    }

    @Test
    @Order(5)
    @DisplayName("two requests of one user in one sale are one order, whichever comes first")
    void oncePerUser() throws Exception {
        Purchase purchase = enqueued(2);
        Purchase other = sale.click(purchase.userId(), 2);
        market.enqueue(other);
        drains.start(DRAIN);
        drains.expectOrder(purchase);
        drains.expectSettled(DRAIN, 2, "both are dealt with");
        drains.expectOneRow(purchase);
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("what a process holds when it dies is written by the next one")
    void diesMidWork() throws Exception {
        Purchase purchase = enqueued(2);
        market.database().hold();
        drains.start(DRAIN);
        expectAtTheDatabase(1);
        Eventually.never(
                "nothing is acknowledged before it is written",
                Market.QUIET,
                () -> market.rabbit.settled(DRAIN) > 0,
                () -> Wrong.that("A win was acknowledged before it was written")
                        .seen(purchase.text() + " is still on its way into the database, and its acknowledgement is"
                                + " with the broker")
                        .means("The process dies now: the shopper has won, and no queue and no table knows of it.")
                        .suspect("autoAck, or an ack before the write"));
        market.database().dieWriting(DRAIN, () -> market.kill(DRAIN));
        market.database().release();
        drains.start("successor");
        drains.expectOrder(purchase);
        drains.expectNoDeadLetters("a process died while it wrote " + purchase.text());
    }

    @Test
    @Order(7)
    @DisplayName("so many writers are at work as the database can take: no more, and no fewer")
    void boundedConcurrency() throws Exception {
        List<Purchase> purchases = enqueued(20, 1);
        market.database().hold();
        int before = market.database().peak();
        drains.start(DRAIN);
        expectAtTheDatabase(Market.CONCURRENCY);
        Eventually.never(
                "no more than " + Market.CONCURRENCY + " writers",
                Market.QUIET,
                () -> market.database().connected() > Market.CONCURRENCY,
                () -> {
                    drains.expectWithinLimit(Market.CONCURRENCY);
                    return Wrong.that("More writers are at the database than it can take");
                });
        market.database().release();
        purchases.forEach(drains::expectOrder);
        drains.expectWithinLimit(Math.max(before, Market.CONCURRENCY));
    }

    @Test
    @Order(6)
    @DisplayName("no more is taken off the queue than the prefetch limit allows")
    void prefetch() throws Exception {
        int published = 5 * Market.PREFETCH;
        enqueued(published, 1);
        market.database().hold();
        drains.start(DRAIN);
        expectAtTheDatabase(1);
        Eventually.never(
                "the drain takes no more than its limit",
                Market.QUIET,
                () -> market.rabbit.delivered(DRAIN) > Market.PREFETCH,
                () -> Wrong.that("The drain takes more off the queue than its prefetch limit allows")
                        .seen("the limit is " + Market.PREFETCH + "; with the database standing still, "
                                + market.rabbit.delivered(DRAIN) + " of " + published + " are in its memory")
                        .means(
                                "The queue is never full, so nobody is turned away: the backlog lies in the memory of one"
                                        + " process, which has no bound and dies of it.")
                        .suspect("no basicQos, basicQos after basicConsume, a limit for each of many consumers, or"
                                + " autoAck"));
        market.database().release();
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("while the database is away nothing is lost, and it is not hammered on")
    void databaseAway() throws Exception {
        int failures = 12;
        market.database().away(failures);
        int before = market.database().asked();
        Purchase purchase = enqueued(2);
        drains.start(DRAIN);
        Eventually.within(Market.SOON)
                .until("it was tried again and again", () -> market.database().isBack())
                .orElse(() -> Wrong.that("A write that has failed is not tried again")
                        .seen(purchase.text() + " was tried "
                                + (market.database().asked() - before) + " times; "
                                + market.waiting() + " wait, "
                                + market.queues().depth(market.names.deadLetters()) + " dead letters")
                        .means("The database is away for a second, and every win of that second is lost.")
                        .suspect("a failed write that is acknowledged, or set aside at once"));
        long millis = market.database().awaySpan().toMillis();
        // One message is tried by one writer at a time, so these many tries take this long at least.
        long least = (failures - 1) * Market.PAUSE.toMillis() * 8 / 10;
        if (millis < least) {
            throw Wrong.that("A database that is away is hammered on without a pause")
                    .seen(purchase.text() + " was tried " + failures + " times within " + millis + " ms; the pause is "
                            + Market.PAUSE.toMillis() + " ms")
                    .means("The database comes up, is run over by the writers, and goes down again.")
                    .suspect("basicNack with requeue, which delivers again at once");
        }
        drains.expectOrder(purchase);
        drains.expectNoDeadLetters("the database was away for a while");
    }

    @Test
    @Order(9)
    @DisplayName("what is no purchase is set aside, and holds up nothing")
    void malformed() throws Exception {
        drains.start(DRAIN);
        List<String> nonsense = List.of("two of these, please", "", "R-1|sale|U-1|many", "R-1|sale|U-1|0");
        nonsense.forEach(text -> market.queues().publish("", market.names.orders(), Market.bytes(text)));
        List<Purchase> good = enqueued(2 * Market.CONCURRENCY, 1);
        good.forEach(drains::expectOrder);
        Eventually.within(Market.SOON)
                .until(
                        "all nonsense is set aside",
                        () -> market.queues().depth(market.names.deadLetters()) == nonsense.size())
                .orElse(() -> Wrong.that("A message that is no purchase is not in the dead-letter queue")
                        .seen(nonsense.size() + " that are none; "
                                + market.queues().depth(market.names.deadLetters()) + " in "
                                + market.names.deadLetters() + ", " + market.waiting() + " in "
                                + market.names.orders())
                        .means("It is lost, or comes again for ever.")
                        .suspect("an exception that is caught, and the message acknowledged all the same"));
    }

    @Test
    @Order(10)
    @Tag("fault")
    @DisplayName("a win whose ack is lost is one order")
    void ackLost() throws Exception {
        market.rabbit
                .client(DRAIN)
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.ack"))
                .cutBefore();
        drains.start(DRAIN);
        Purchase purchase = enqueued(2);
        drains.expectOrder(purchase);
        Eventually.within(Market.SOON)
                .until("it is delivered again", () -> market.rabbit.delivered(DRAIN) >= 2)
                .orElse(() -> Wrong.that("The drain does not come back after its connection was cut")
                        .seen(market.names.orders() + " has "
                                + market.queues().consumers(market.names.orders()) + " consumers and holds "
                                + market.waiting())
                        .means("One blink of the network, and no order is made until somebody restarts it.")
                        .suspect("automatic recovery switched off, or an exception that ends the consumer"));
        drains.expectSettled(DRAIN, 1, "the second delivery is acknowledged");
        drains.expectOneRow(purchase);
        drains.expectNoDeadLetters("the ack of " + purchase.text() + " was lost, so it came again");
    }

    @Test
    @Order(11)
    @Tag("fault")
    @DisplayName("two copies that two processes write at the same moment are one order")
    void twoAtOnce() throws Exception {
        market.database().hold();
        drains.start(DRAIN, 1, 1);
        drains.start("other drain", 1, 1);
        Purchase purchase = enqueued(2);
        market.enqueue(purchase);
        expectAtTheDatabase(2);
        // Whoever looks first and writes then comes a second time, and the other one has looked by then, too.
        int asked = market.database().asked();
        market.database().holdAgain();
        long end = System.nanoTime() + Market.QUIET.toNanos();
        Eventually.within(Market.SOON)
                .until(
                        "both are there again, or will not come",
                        () -> market.database().asked() >= asked + 2 || System.nanoTime() > end)
                .orElse(() -> Wrong.that("The drain writes nothing"));
        market.database().release();
        drains.expectOrder(purchase);
        drains.expectSettled(DRAIN, 1, "the one copy is dealt with");
        drains.expectSettled("other drain", 1, "the other copy is dealt with");
        drains.expectOneRow(purchase);
        drains.expectNoDeadLetters("two copies of " + purchase.text() + " were written at the same moment");
    }

    @Test
    @Order(12)
    @DisplayName("a closed drain has given its connections back, and what it had not written is in the queue")
    void closed() throws Exception {
        market.database().away(1_000_000);
        Purchase purchase = enqueued(2);
        OrderDrain drain = drains.start(DRAIN);
        int before = market.database().asked();
        Eventually.within(Market.SOON)
                .until(
                        "the drain is at work",
                        () -> market.database().asked() > before || market.rabbit.delivered(DRAIN) > 0)
                .orElse(() -> Wrong.that("The drain takes nothing"));
        drain.close();
        Eventually.within(Market.SOON)
                .until("it is disconnected", () -> market.rabbit.client(DRAIN).openConnections() == 0)
                .orElse(() -> Wrong.that("A closed drain is still connected to the broker")
                        .seen(market.rabbit.client(DRAIN).openConnections() + " connection(s) after close()")
                        .means("Each deploy leaves a connection behind, with consumers that take messages and write"
                                + " none."));
        Eventually.within(Market.SOON)
                .until("the purchase is back", () -> market.waiting() == 1)
                .orElse(() -> Wrong.that("A win is gone with the process that held it")
                        .seen(purchase.text() + " was not written when the drain was closed; " + market.waiting()
                                + " wait in " + market.names.orders())
                        .means("With each deploy a handful of winners get nothing."));
        market.database().away(0);
    }

    @Test
    @Order(13)
    @DisplayName("an acknowledgement is for one purchase, and for none that is still being written")
    void acknowledgedOneByOne() throws Exception {
        market.database().hold();
        drains.start(DRAIN);
        Purchase slow = enqueued(2);
        expectAtTheDatabase(1);
        market.database().letOthersPass();
        List<Purchase> others = enqueued(8, 1);
        Eventually.within(Market.SOON)
                .until(
                        "others are written meanwhile",
                        () -> !market.database().orders(sale.id).isEmpty())
                .orElse(() -> Wrong.that("One slow write holds up all others")
                        .seen(slow.text() + " is being written, and of " + others.size() + " others none is"));
        Eventually.never(
                "what is written is acknowledged, and nothing else",
                Market.QUIET,
                () -> market.rabbit.settled(DRAIN)
                        > market.database().orders(sale.id).size(),
                () -> Wrong.that("A win was acknowledged before it was written")
                        .seen(slow.text() + " is still on its way into the database; "
                                + market.rabbit.settled(DRAIN) + " are acknowledged, "
                                + market.database().orders(sale.id).size() + " are written")
                        .means("The process dies now: the shopper has won, and no queue and no table knows of it.")
                        .suspect("basicAck with multiple=true, which acknowledges all that came before"));
        market.database().release();
        drains.expectOrder(slow);
        others.forEach(drains::expectOrder);
    }

    @TestFactory
    @Order(14)
    @Tag("live")
    @TimeLimit(40)
    @DisplayName("for any shoppers, stock, quantities and crashes, from the click to the order")
    Stream<DynamicTest> properties() {
        return StepProperties.of(SaleProperties.class);
    }

    private Purchase enqueued(int quantity) {
        Purchase purchase = sale.click("U-" + Market.number(), quantity);
        market.enqueue(purchase);
        return purchase;
    }

    private List<Purchase> enqueued(int count, int quantity) {
        List<Purchase> purchases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            purchases.add(enqueued(quantity));
        }
        return purchases;
    }

    private void expectAtTheDatabase(int writers) {
        Eventually.within(Market.SOON)
                .until(
                        writers + " writers are at the database",
                        () -> market.database().connected() >= writers)
                .orElse(() -> Wrong.that(
                                market.database().connected() == 0
                                        ? "The drain writes nothing"
                                        : "Fewer writers are at work than the database can take")
                        .seen(market.database().connected() + " at the database, where " + writers
                                + " could be, with enough in the queue; " + market.waiting() + " wait")
                        .means(
                                "The backlog of the sale is worked off slower than it could be: hours in place of minutes.")
                        .suspect("all deliveries on one channel, which the client hands to one thread at a time"));
    }

    private void expectEmptyAfterLeaving() {
        drains.close();
        Eventually.never(
                "nothing comes back",
                Market.QUIET,
                () -> market.waiting() > 0,
                () -> Wrong.that("A win that was written is back in the queue")
                        .seen(market.waiting() + " in " + market.names.orders())
                        .means("It is written again after each restart."));
    }
}

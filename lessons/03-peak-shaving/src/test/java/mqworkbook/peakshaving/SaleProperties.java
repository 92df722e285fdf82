package mqworkbook.peakshaving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class SaleProperties {

    /** A click of one of the shoppers; they are shared out over the web servers, which all work at once. */
    record Click(int shopper, int quantity) {}

    /** What befalls the drains meanwhile. */
    enum Mishap {
        NONE,
        DRAIN_CUT,
        DRAIN_DIES_WRITING,
        DATABASE_AWAY
    }

    private static final int SHOPPERS = 12;
    private static final int SERVERS = 4;

    private static RedisFixture redis;
    private static RabbitMqFixture rabbit;
    private static Market market;
    private static Drains drains;
    private static Buys buys;
    private static List<FlashSale> servers;
    private static int drainNumber;

    @BeforeContainer
    static void open() throws Exception {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        market = new Market(redis, rabbit);
        market.createTable();
        market.declareQueue(Market.QUEUE_LIMIT);
        drains = new Drains(market);
        buys = new Buys(market);
        servers = List.of(market.shop("shop-1"), market.shop("shop-2"));
        drains.start("drain-0");
    }

    @AfterContainer
    static void close() {
        if (drains != null) {
            drains.close();
        }
        rabbit.close();
        redis.close();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "never more than the stock, never two for a user, everything when enough is wanted, and all of it at all times"
                    + " accounted for")
    void conserved(@ForAll("clicks") List<Click> clicks, @ForAll("stocks") int stock, @ForAll Mishap mishap)
            throws Exception {
        Statistics.label("mishaps").collect(mishap);
        Sale sale = market.sale(stock);
        String run = "-" + Market.number();
        List<Purchase> purchases = new ArrayList<>();
        for (Click click : clicks) {
            sale.register("U-" + click.shopper() + run);
            purchases.add(sale.click("U-" + click.shopper() + run, click.quantity()));
        }
        befall(mishap);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Boolean> watching = Beside.run(() -> watch(sale, over));
        Map<Purchase, Outcome> told = rush(purchases);
        expectAllOrdered(sale, told);
        market.database().dieNow("drain-" + drainNumber);
        over.set(true);
        Beside.result(watching, Market.SOON, () -> Wrong.that("The books cannot be read"));
        expectFair(sale, purchases, told);
        drains.expectWithinLimit(Market.CONCURRENCY + 1);
    }

    private static void befall(Mishap mishap) throws Exception {
        String drain = "drain-" + drainNumber;
        switch (mishap) {
            case DRAIN_CUT -> rabbit.client(drain).relay().cut();
            case DATABASE_AWAY -> market.database().away(3);
            case DRAIN_DIES_WRITING ->
                market.database().dieWriting(drain, () -> {
                    market.kill(drain);
                    String next = "drain-" + ++drainNumber;
                    Beside.run(() -> drains.start(next, 1, 2));
                });
            default -> {
                // All is well.
            }
        }
    }

    /** At all times, and not only in the end. */
    private static boolean watch(Sale sale, AtomicBoolean over) {
        while (!over.get()) {
            Set<String> buyers = market.database().orders(sale.id).stream()
                    .map(Database.Row::userId)
                    .collect(Collectors.toSet());
            // Looked at later than the orders: whoever has one had a reservation before, and keeps it.
            sale.expectConserved("while the sale goes on");
            Set<String> holders = sale.books().reservations().keySet();
            if (!holders.containsAll(buyers)) {
                buyers.removeAll(holders);
                throw Wrong.that("Somebody has an order and no reservation")
                        .seen(buyers + " have orders in " + sale.id + "; " + sale.describe())
                        .means("The same units are in stock again, and will be sold a second time.")
                        .suspect("a reservation that was given back though the purchase was in the queue");
            }
        }
        return true;
    }

    private static Map<Purchase, Outcome> rush(List<Purchase> purchases) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Map<Purchase, Outcome>>> threads = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            int number = i;
            threads.add(Beside.run(() -> {
                Map<Purchase, Outcome> told = new java.util.LinkedHashMap<>();
                go.await();
                for (int at = number; at < purchases.size(); at += SERVERS) {
                    told.put(purchases.get(at), servers.get(number % 2).buy(purchases.get(at)));
                }
                return told;
            }));
        }
        go.countDown();
        Map<Purchase, Outcome> told = new java.util.LinkedHashMap<>();
        for (CompletableFuture<Map<Purchase, Outcome>> thread : threads) {
            told.putAll(Beside.result(thread, Market.SOON.multipliedBy(2), () -> Admissions.late("a rush of clicks")));
        }
        return told;
    }

    private static void expectAllOrdered(Sale sale, Map<Purchase, Outcome> told) {
        told.forEach((purchase, outcome) -> {
            if (outcome == Outcome.WON) {
                drains.expectOrder(purchase, Market.SOON.multipliedBy(2));
            }
        });
        Eventually.within(Market.SOON)
                .until("the queue is empty", () -> market.waiting() == 0)
                .orElse(() -> Wrong.that("Purchases wait, and nobody takes them")
                        .seen(market.waiting() + " in " + market.names.orders()));
        Problems.throwIfAny();
    }

    private static void expectFair(Sale sale, List<Purchase> purchases, Map<Purchase, Outcome> told) {
        List<Database.Row> rows = market.database().orders(sale.id);
        long ordered = rows.stream().mapToLong(Database.Row::quantity).sum();
        if (ordered > sale.units) {
            throw Wrong.that("More is ordered than there was")
                    .seen(ordered + " of " + sale.units + " units of " + sale.id + " are ordered: " + rows)
                    .means("Somebody has paid for what does not exist.");
        }
        if (rows.stream().map(Database.Row::userId).distinct().count() < rows.size()) {
            throw Wrong.that("A user has two orders in one sale").seen(rows.toString());
        }
        if (sale.left() + ordered != sale.units) {
            throw Wrong.that("Stock, reservations and orders do not add up to what the sale began with")
                    .seen(sale.units + " units; " + ordered + " ordered; " + sale.describe())
                    .means("Units are nobody's, or two people's.");
        }
        Set<String> winners = told.entrySet().stream()
                .filter(one -> one.getValue() == Outcome.WON)
                .map(one -> one.getKey().userId())
                .collect(Collectors.toCollection(HashSet::new));
        for (Purchase purchase : purchases) {
            if (!winners.contains(purchase.userId()) && purchase.quantity() <= sale.left()) {
                throw Wrong.that("Units are left, and somebody who wanted them got nothing")
                        .seen(purchase.text() + " was told " + told.get(purchase) + "; in the end " + sale.describe())
                        .means("The sale says sold out, and the warehouse is not empty.")
                        .suspect("a stock that is too low for a moment, while somebody else is being refused");
            }
        }
    }

    @Provide
    Arbitrary<Integer> stocks() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 10)),
                Tuple.of(1, Arbitraries.integers().between(20, 40)));
    }

    @Provide
    Arbitrary<List<Click>> clicks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, SHOPPERS),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(1)),
                                Tuple.of(2, Arbitraries.integers().between(2, 4))))
                .as(Click::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(24);
    }
}

package mqworkbook.peakshaving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.peakshaving.sale.Balance;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
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
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class AuditProperties {

    /**
     * A click.
     *
     * @param death where the process dies that serves it; null if it does not
     */
    record Click(int shopper, int quantity, Crashes.Point death) {}

    private static RedisFixture redis;
    private static RabbitMqFixture rabbit;
    private static Market market;
    private static Drains drains;
    private static Auditor auditor;
    private static FlashSale shop;

    @BeforeContainer
    static void open() throws Exception {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        market = new Market(redis, rabbit);
        market.createTable();
        market.declareQueue(Market.QUEUE_LIMIT);
        drains = new Drains(market);
        auditor = market.auditor("auditor");
        shop = market.shop("shop");
        drains.start("drain");
    }

    @AfterContainer
    static void close() {
        if (drains != null) {
            drains.close();
        }
        rabbit.close();
        redis.close();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("when all is quiet every unit is in stock or ordered, and the auditor says so")
    void whole(@ForAll("clicks") List<Click> clicks) throws Exception {
        Sale sale = market.sale(9);
        Crashes crashes = new Crashes(market);
        String run = "-" + Market.number();
        List<Purchase> purchases = new ArrayList<>();
        for (Click click : clicks) {
            String user = "U-" + click.shopper() + run;
            sale.register(user);
            Purchase purchase = sale.click(user, click.quantity());
            purchases.add(purchase);
            Statistics.label("deaths")
                    .collect(click.death() == null ? "none" : click.death().name());
            if (click.death() == null) {
                shop.buy(purchase);
            } else {
                crashes.sellAndDie(purchase, click.death());
            }
            sale.expectConserved("after " + purchase.text());
        }
        Crashes.reconcile(market, auditor, List.of(sale));
        Set<Purchase> holders = new HashSet<>(sale.books().reservations().values());
        for (Purchase holder : holders) {
            Eventually.within(Market.SOON)
                    .until(holder.text() + " is an order", () -> isOrdered(holder))
                    .orElse(() -> Wrong.that("A win that a dead process has left lying never becomes an order")
                            .seen(holder.text() + " is reserved, was reconciled, and is no order; " + sale.describe())
                            .means("The shopper has won, nothing is ever sent, and nobody else can have the units."));
            drains.expectOneRow(holder);
        }
        expectBalanced(sale, holders);
        Problems.throwIfAny();
    }

    private static boolean isOrdered(Purchase purchase) {
        return market.database().orders(purchase.saleId()).stream()
                .anyMatch(row -> row.userId().equals(purchase.userId()));
    }

    private static void expectBalanced(Sale sale, Set<Purchase> holders) throws Exception {
        long ordered = holders.stream().mapToLong(Purchase::quantity).sum();
        Balance balance = auditor.balance(sale.id);
        Balance expected = new Balance(sale.units - ordered, 0, ordered);
        if (!expected.equals(balance)) {
            throw Wrong.that("When all is quiet the balance is not what the sale began with")
                    .seen(sale.id + " began with " + sale.units + " units; expected " + expected + ", reported "
                            + balance + "; " + sale.describe())
                    .means("Units are nobody's, or two people's.");
        }
    }

    @Provide
    Arbitrary<List<Click>> clicks() {
        Arbitrary<Crashes.Point> deaths = Arbitraries.of(Crashes.Point.class).injectNull(0.5);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 3),
                        deaths)
                .as(Click::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }
}

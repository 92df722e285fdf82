package mqworkbook.peakshaving;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
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

class BufferProperties {

    /** What befalls the publish of a click, if it comes to one. */
    enum Fate {
        TAKEN,
        NO_QUEUE,
        CONFIRM_LOST,
        PUBLISH_LOST
    }

    /** A click of one of a few users. */
    record Click(int user, int quantity, Fate fate) {}

    private static final int STOCK = 8;

    private static RedisFixture redis;
    private static RabbitMqFixture rabbit;
    private static Market market;
    private static Buys buys;
    private static FlashSale shop;

    @BeforeContainer
    static void open() throws Exception {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        market = new Market(redis, rabbit);
        buys = new Buys(market);
        market.declareQueue(Market.QUEUE_LIMIT);
        shop = market.shop("shop");
    }

    @AfterContainer
    static void close() {
        rabbit.close();
        redis.close();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("who is told that they have won holds the units, who is not holds none, and no unit is in two places")
    void neitherLostNorDoubled(@ForAll("clicks") List<Click> clicks) throws Exception {
        Sale sale = market.sale(STOCK);
        String run = "-" + Market.number();
        Set<Purchase> queued = new HashSet<>();
        Set<Purchase> inDoubt = new HashSet<>();
        for (Click click : clicks) {
            Statistics.label("fates").collect(click.fate());
            String user = "U-" + click.user() + run;
            sale.register(user);
            Purchase purchase = sale.click(user, click.quantity());
            long left = sale.left();
            boolean bought = sale.books().reservations().containsKey(user);
            Outcome outcome = buy(purchase, click.fate(), queued);
            if (bought || left < click.quantity()) {
                Admissions.expectSaid(
                        bought ? Outcome.ALREADY_BOUGHT : Outcome.SOLD_OUT,
                        outcome,
                        purchase,
                        sale,
                        left + " are left");
            } else if (click.fate() == Fate.NO_QUEUE || outcome != Outcome.WON) {
                // After a cut the shop may not be back yet, and says so.
                buys.expectGivenBack(purchase, sale, outcome, click.fate() + ", or before the shop had found back");
            } else {
                buys.expectStands(purchase, sale, click.fate().toString());
                if (click.fate() != Fate.TAKEN) {
                    inDoubt.add(purchase);
                }
            }
            sale.expectConserved("after " + purchase.text() + ", " + click.fate());
        }
        queued.addAll(market.takeWaiting());
        for (Purchase holder : sale.books().reservations().values()) {
            if (!queued.contains(holder) && !inDoubt.contains(holder)) {
                throw Wrong.that("A win never reached the queue")
                        .seen(holder.text() + " is reserved, nothing befell its publish, and it is not in the queue")
                        .means("The shopper has won, and no order is ever made.");
            }
        }
        for (Purchase purchase : queued) {
            if (purchase.saleId().equals(sale.id) && !sale.holds(purchase)) {
                throw Wrong.that("Units that may be in the queue were given back")
                        .seen(purchase.text() + " is in the queue, and holds no units; " + sale.describe())
                        .means("The order is made all the same, and the same units are sold a second time.");
            }
        }
        Problems.throwIfAny();
    }

    private static Outcome buy(Purchase purchase, Fate fate, Set<Purchase> queued) throws Exception {
        Relay relay = rabbit.client("shop").relay();
        if (fate == Fate.NO_QUEUE) {
            queued.addAll(market.takeWaiting());
            market.queues().on(channel -> channel.queueDelete(market.names.orders()));
            Outcome outcome = buys.buy(shop, purchase);
            market.declareQueue(Market.QUEUE_LIMIT);
            return outcome;
        }
        Rule rule = switch (fate) {
            case CONFIRM_LOST ->
                relay.on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                        .cutBefore();
            case PUBLISH_LOST ->
                relay.on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                        .cutBefore();
            default -> null;
        };
        try {
            return buys.buy(shop, purchase);
        } finally {
            if (rule != null) {
                rule.cancel();
            }
        }
    }

    @Provide
    Arbitrary<List<Click>> clicks() {
        Arbitrary<Fate> fates = Arbitraries.frequency(
                Tuple.of(4, Fate.TAKEN),
                Tuple.of(2, Fate.NO_QUEUE),
                Tuple.of(1, Fate.CONFIRM_LOST),
                Tuple.of(1, Fate.PUBLISH_LOST));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1, 3),
                        fates)
                .as(Click::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(7);
    }
}

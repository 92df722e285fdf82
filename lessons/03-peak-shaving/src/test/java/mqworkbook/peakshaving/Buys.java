package mqworkbook.peakshaving;

import io.lettuce.core.RedisException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;

/** Buys with the learner's code, and compares what the shopper is told with the queue and the reservations. */
final class Buys {

    private final Market market;

    Buys(Market market) {
        this.market = market;
    }

    /** What the shopper is told; a call that does not come back, or throws, is an answer that nobody can use. */
    Outcome buy(FlashSale shop, Purchase purchase) throws Exception {
        return result(() -> shop.buy(purchase), purchase);
    }

    Outcome result(Callable<Outcome> call, Purchase purchase) throws Exception {
        return result(Beside.run(call), purchase);
    }

    Outcome result(CompletableFuture<Outcome> call, Purchase purchase) throws Exception {
        try {
            return Beside.result(
                    call,
                    Market.SOON.plus(Market.CONFIRM_TIMEOUT),
                    () -> Wrong.that("A shopper waits for ever when the broker does not answer")
                            .seen(purchase.text() + " has no answer after "
                                    + Market.SOON.plus(Market.CONFIRM_TIMEOUT).toSeconds()
                                    + " s; the confirm time-out is at most " + Market.CONFIRM_TIMEOUT.toSeconds()
                                    + " s")
                            .means("The threads of the web server wait one after the other, until it serves nobody.")
                            .suspect("a wait without a time-out, or one that a lost connection does not end"));
        } catch (Todo todo) {
            throw todo;
        } catch (RedisException | IllegalStateException | com.rabbitmq.client.ShutdownSignalException e) {
            throw Wrong.that("A shopper gets an exception in place of an answer")
                    .seen(purchase.text() + ": " + e)
                    .means("An error page in the middle of the sale; the shopper does not know whether they have won.")
                    .because(e);
        }
    }

    /** Won: the reservation stands, and the purchase waits in the queue. */
    void expectQueued(Purchase purchase, Sale sale, Outcome outcome, String situation) {
        Admissions.expectSaid(Outcome.WON, outcome, purchase, sale, situation);
        List<Purchase> waiting = market.takeWaiting();
        if (!waiting.contains(purchase)) {
            throw Wrong.that("A win never reached the queue")
                    .seen(purchase.text() + " was told WON (" + situation + "); in the queue " + market.names.orders()
                            + ": " + texts(waiting))
                    .means("The shopper has won, and no order is ever made.")
                    .suspect("a publish without a confirm, or to another queue");
        }
        expectStands(purchase, sale, situation);
    }

    /** Nothing is sure, so the reservation stands, and the shopper is told so. */
    void expectStands(Purchase purchase, Sale sale, String situation) {
        sale.expectConserved("when " + situation);
        if (!sale.holds(purchase)) {
            throw Wrong.that("Units that may be in the queue were given back")
                    .seen(purchase.text() + ": " + situation + "; " + sale.describe() + "; in the queue: "
                            + texts(market.takeWaiting()))
                    .means("The order is made all the same, and the same units are sold a second time.")
                    .suspect("a time-out or a lost connection taken for a refusal");
        }
    }

    /** Refused for certain: told so, given back once, and not in the queue. */
    void expectGivenBack(Purchase purchase, Sale sale, Outcome outcome, String situation) {
        sale.expectConserved("when " + situation);
        if (sale.holds(purchase) && outcome == Outcome.WON) {
            throw Wrong.that("A shopper is told of a win that no queue has taken")
                    .seen(purchase.text() + " was told WON, though " + situation + "; " + sale.describe())
                    .means("The shopper has won, no order is made, and the units are lost to everybody else.")
                    .suspect("no confirms, a nack taken for an ack, or a message that came back and was not looked at");
        }
        if (sale.holds(purchase)) {
            throw Wrong.that("A refused win keeps its units")
                    .seen(purchase.text() + " was told " + outcome + ", because " + situation + "; " + sale.describe())
                    .means("The shopper was sent away, the units are nobody's, and who tries again is told that they"
                            + " have bought.")
                    .suspect("no compensation when the queue refuses");
        }
        if (outcome != Outcome.TOO_BUSY) {
            throw Wrong.that("A shopper is told " + outcome + " in place of TOO_BUSY")
                    .seen(purchase.text() + ": " + situation + "; " + sale.describe());
        }
    }

    /** Fills the queue from outside until it refuses. */
    void fillQueue(int limit) {
        Sale filler = market.sale(1);
        for (int i = 0; i <= 3 * limit + 10; i++) {
            try {
                market.enqueue(filler.click("U-filler", 1));
            } catch (java.io.UncheckedIOException refused) {
                return;
            }
        }
        throw Wrong.that("The queue takes more than its limit")
                .seen("the limit is " + limit + "; " + market.waiting() + " purchases wait in " + market.names.orders())
                .means("The database is an hour behind, and the broker runs out of memory, for everybody on it.")
                .suspect("no x-max-length, or an overflow that makes room by dropping the oldest");
    }

    void expectWaiting(long count, java.util.function.Supplier<Wrong> otherwise) {
        Eventually.within(Market.SOON)
                .until(count + " wait in the queue", () -> market.waiting() >= count)
                .orElse(otherwise);
    }

    static List<String> texts(List<Purchase> purchases) {
        return purchases.stream().map(Purchase::text).limit(5).toList();
    }
}

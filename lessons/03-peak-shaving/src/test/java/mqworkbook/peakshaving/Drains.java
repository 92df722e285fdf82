package mqworkbook.peakshaving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;

/** Drains of one market, and what must hold of the orders that they make. */
final class Drains {

    private final Market market;
    private final List<OrderDrain> opened = new ArrayList<>();

    Drains(Market market) {
        this.market = market;
    }

    OrderDrain start(String process) throws Exception {
        return started(market.drain(process));
    }

    OrderDrain start(String process, int concurrency, int prefetch) throws Exception {
        return started(market.drain(process, concurrency, prefetch));
    }

    private OrderDrain started(OrderDrain drain) throws Exception {
        opened.add(drain);
        drain.start();
        return drain;
    }

    /** Closes what is still open; what that throws hides nothing. */
    void close() {
        market.database().release();
        for (OrderDrain drain : opened) {
            try {
                drain.close();
            } catch (Exception e) {
                // Closed before, cut off, or never started.
            }
        }
    }

    void expectOrder(Purchase purchase) {
        expectOrder(purchase, Market.SOON);
    }

    /** Waits until the order is there, with its quantity. */
    void expectOrder(Purchase purchase, Duration limit) {
        Eventually.within(limit)
                .until(purchase.text() + " is an order", () -> !rows(purchase).isEmpty())
                .orElse(
                        () -> Wrong.that("A win never becomes an order")
                                .seen(purchase.text() + " has no order after " + limit.toSeconds() + " s; "
                                        + market.waiting() + " wait in " + market.names.orders() + " with "
                                        + market.queues().consumers(market.names.orders()) + " consumers, "
                                        + market.queues().depth(market.names.deadLetters()) + " in "
                                        + market.names.deadLetters())
                                .means("The shopper has won, and nothing is ever sent.")
                                .suspect(
                                        "an ack before the write, a failure that is passed over, or a consumer that has ended"));
        expectOneRow(purchase);
    }

    /** One order for this user, and this sale, with the quantity that was won. */
    void expectOneRow(Purchase purchase) {
        List<Database.Row> rows = rows(purchase);
        if (rows.size() > 1) {
            throw Wrong.that("A user has " + rows.size() + " orders in one sale")
                    .seen(purchase.userId() + " has won once, by " + purchase.text() + "; the orders are " + rows)
                    .means("The parcel goes out twice. At-least-once delivery repeats messages by design.")
                    .suspect("no key on sale and user, a key on the request, or an id that is new each time");
        }
        if (!rows.isEmpty() && rows.get(0).quantity() != purchase.quantity()) {
            throw Wrong.that("An order has another quantity than was won")
                    .seen(purchase.text() + " was won; ordered is " + rows.get(0))
                    .means("The shopper pays for one thing and gets another, and the books do not add up.")
                    .suspect("a second copy that is added to the first, or written over it");
        }
    }

    private List<Database.Row> rows(Purchase purchase) {
        return market.database().orders(purchase.saleId()).stream()
                .filter(row -> row.userId().equals(purchase.userId()))
                .toList();
    }

    /** Waits until this process has acknowledged or rejected so many deliveries. */
    void expectSettled(String process, int count, String what) {
        Eventually.within(Market.SOON)
                .until(what, () -> market.rabbit.settled(process) >= count)
                .orElse(() -> Wrong.that("A purchase is neither acknowledged nor set aside")
                        .seen(what + ": not after " + Market.SOON.toSeconds() + " s; " + process + " has settled "
                                + market.rabbit.settled(process) + " of " + market.rabbit.delivered(process)
                                + " deliveries")
                        .means("The queue never gets empty, and after each restart everything comes again.")
                        .suspect("no ack, or a second copy whose insert fails again and again"));
    }

    void expectNoDeadLetters(String why) {
        long dead = market.queues().depth(market.names.deadLetters());
        if (dead > 0) {
            throw Wrong.that("A purchase in perfect order is in the dead-letter queue")
                    .seen(dead + " in " + market.names.deadLetters() + "; " + why)
                    .means("Somebody is called at night for it, or it is lost.")
                    .suspect("a duplicate key taken for a failure, or a failure of the database taken for poison");
        }
    }

    /** Nobody was ever too much for the database. */
    void expectWithinLimit(int limit) {
        if (market.database().peak() > limit) {
            throw Wrong.that("More writers are at the database than it can take")
                    .seen(market.database().peak() + " connections at the same time, where " + limit + " are allowed; "
                            + market.database().refused() + " were refused by the database")
                    .means("The spike that the queue was to keep away arrives at the database all the same.")
                    .suspect("a thread pool that takes whatever is delivered, or more consumers than were asked for");
        }
        Problems.throwIfAny();
    }
}

package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

class TrackerProperties {

    /** A change that comes; the ledger goes down at its n-th call, and the change comes again. 0: it does not. */
    record Arrival(OrderEvent change, int downAt) {}

    @Property(tries = 1000)
    @Label("each order's applied history is its legal sequence, and what is not applied is parked")
    void legalSequence(@ForAll("arrivals") List<Arrival> arrivals) throws Exception {
        collect(arrivals);
        TestLedger ledger = new TestLedger();
        Map<String, Set<OrderEvent>> came = new HashMap<>();
        for (Arrival arrival : arrivals) {
            OrderEvent change = arrival.change();
            came.computeIfAbsent(change.orderId(), absent -> new HashSet<>()).add(change);
            // A process that was started anew: what is remembered is in the ledger.
            OrderTracker tracker = new OrderTracker(ledger);
            if (arrival.downAt() > 0) {
                ledger.goDownAtCall(arrival.downAt());
                expectFailure(tracker, ledger, change);
                ledger.comeBack();
            }
            handle(tracker, change);
            ledger.check();
        }
        came.forEach((orderId, changes) -> Following.expect(ledger, orderId, changes));
    }

    private static void expectFailure(OrderTracker tracker, TestLedger ledger, OrderEvent change) {
        try {
            tracker.handle(change);
        } catch (RuntimeException expected) {
            return;
        }
        if (ledger.isDown()) {
            throw Wrong.that("A change counts as dealt with, although the ledger has not kept it")
                    .seen("the transaction for " + change + " was rolled back, and handle() returned")
                    .means("The change is acknowledged, and gone.")
                    .suspect("an exception that is caught and logged");
        }
    }

    static void handle(OrderTracker tracker, OrderEvent change) throws Exception {
        try {
            tracker.handle(change);
        } catch (TestLedger.DatabaseDown e) {
            throw new IllegalStateException("The ledger is up", e);
        } catch (RuntimeException e) {
            throw Wrong.that("A change that cannot be applied holds up its queue")
                    .seen("handle(" + change + ") throws " + e)
                    .means("It comes again and again, and the orders behind it in its queue wait; what it waits for may"
                            + " be behind it, too.")
                    .suspect("an exception for a gap or an illegal change, where the change can be parked")
                    .because(e);
        }
    }

    private static void collect(List<Arrival> arrivals) {
        Map<String, Long> highest = new HashMap<>();
        Set<OrderEvent> seen = new HashSet<>();
        boolean copies = false;
        boolean early = false;
        for (Arrival arrival : arrivals) {
            OrderEvent change = arrival.change();
            copies |= !seen.add(change);
            early |= change.sequence() > highest.getOrDefault(change.orderId(), 0L) + 1;
            highest.merge(change.orderId(), change.sequence(), Math::max);
        }
        Statistics.label("copies").collect(copies).coverage(c -> c.check(true).percentage(p -> p > 20));
        Statistics.label("too early").collect(early).coverage(c -> c.check(true).percentage(p -> p > 20));
        Statistics.label("illegal")
                .collect(arrivals.stream().anyMatch(each -> isIllegal(each.change())))
                .coverage(c -> c.check(true).percentage(p -> p > 15));
        Statistics.label("ledger down")
                .collect(arrivals.stream().anyMatch(each -> each.downAt() > 0))
                .coverage(c -> c.check(true).percentage(p -> p > 30));
    }

    private static boolean isIllegal(OrderEvent change) {
        return change.sequence() > Shop.WAY.size() || Shop.WAY.get((int) change.sequence() - 1) != change.state();
    }

    /** Orders on the legal way, some of whose changes come late, twice, or are something else altogether. */
    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<List<OrderEvent>> order = Combinators.combine(
                        Arbitraries.of("O-1", "O-2", "O-3"),
                        Arbitraries.integers().between(1, Shop.WAY.size()))
                .as(Shop::way);
        Arbitrary<List<OrderEvent>> strange = Combinators.combine(
                        Arbitraries.of("O-1", "O-2", "O-3"),
                        Arbitraries.longs().between(1, 5),
                        Arbitraries.of(OrderState.class))
                .as((orderId, number, state) -> List.of(new OrderEvent(orderId, number, state)));
        Arbitrary<List<OrderEvent>> inTurn = Arbitraries.frequencyOf(Tuple.of(4, order), Tuple.of(1, strange))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(lists -> lists.stream().flatMap(List::stream).toList());
        Arbitrary<List<OrderEvent>> anyOrder = inTurn.flatMap(changes -> Arbitraries.shuffle(changes));
        Arbitrary<Integer> downAt = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 9)));
        return Arbitraries.frequencyOf(Tuple.of(1, inTurn), Tuple.of(2, anyOrder))
                .flatMap(changes -> downAt.list().ofSize(changes.size()).map(downs -> {
                    List<Arrival> arrivals = new ArrayList<>();
                    for (OrderEvent change : changes) {
                        arrivals.add(new Arrival(change, downs.get(arrivals.size())));
                    }
                    return arrivals;
                }));
    }
}

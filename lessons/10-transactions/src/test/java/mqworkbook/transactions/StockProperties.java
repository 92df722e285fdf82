package mqworkbook.transactions;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.transactions.shop.Decision;
import mqworkbook.transactions.shop.Order;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class StockProperties {

    /** What befalls the process that decides. */
    enum Fate {
        NONE,
        DIES_BEFORE,
        DIES_AFTER,
        FAILS,
        ANSWER_LOST
    }

    /** One message about one of the orders. */
    record Delivery(int order, Fate fate, int call) {}

    private static StockDatabase database;

    @BeforeContainer
    static void open() throws SQLException {
        database = StockDatabase.create();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    @Label("each order is decided once, and what is reserved is what is gone")
    void conserved(
            @ForAll("deliveries") List<Delivery> deliveries,
            @ForAll @IntRange(min = 0, max = 8) int units,
            @ForAll("quantities") List<Integer> quantities)
            throws SQLException {
        String item = database.item(units);
        List<Order> orders = new ArrayList<>();
        quantities.forEach(quantity -> orders.add(StockDatabase.order(item, quantity)));
        Map<Order, Decision> known = new HashMap<>();
        for (Delivery delivery : deliveries) {
            Statistics.label("fate").collect(delivery.fate());
            decide(orders.get(delivery.order()), delivery, known);
        }
        int reserved = 0;
        for (Order order : orders) {
            decide(order, new Delivery(0, Fate.NONE, 0), known);
            if (known.get(order) == Decision.RESERVED) {
                reserved += order.quantity();
            }
        }
        if (database.units(item) != units - reserved) {
            throw Wrong.that("What the orders have taken is not what is gone from the stock")
                    .seen(units + " of " + item + " were there, " + database.units(item)
                            + " are left, and reserved are " + reserved + ": " + known)
                    .means("Units are nobody's, or two customers'.")
                    .suspect("units and decision in two transactions");
        }
        Statistics.label("fate").coverage(coverage -> {
            for (Fate fate : Fate.values()) {
                coverage.check(fate).percentage(share -> share > 8);
            }
        });
    }

    private static void decide(Order order, Delivery delivery, Map<Order, Decision> known) throws SQLException {
        DatabaseActor actor = new DatabaseActor("stock", database.dataSource());
        switch (delivery.fate()) {
            case NONE -> {}
            case DIES_BEFORE -> CallMoment.dieBefore(actor, delivery.call());
            case DIES_AFTER -> CallMoment.dieAfter(actor, delivery.call());
            case FAILS -> CallMoment.failBefore(actor, delivery.call());
            case ANSWER_LOST -> CallMoment.failAfter(actor, call -> true, delivery.call());
        }
        try {
            Decision decision = new Reservations(actor.dataSource()).decide(order);
            Decision before = known.putIfAbsent(order, decision);
            if (before != null && before != decision) {
                throw Wrong.that("The stock service changes its mind about an order")
                        .seen(order.text() + " was " + before + ", and now is " + decision)
                        .means("The shop has cancelled an order whose units are reserved, or ships one that has none.");
            }
        } catch (ProcessDied died) {
            // Its message comes again.
        } catch (SQLException e) {
            if (delivery.fate() == Fate.NONE) {
                throw e;
            }
        }
    }

    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(Fate.class),
                        Arbitraries.integers().between(1, 5))
                .as(Delivery::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Integer>> quantities() {
        return Arbitraries.integers().between(1, 4).list().ofSize(3);
    }
}

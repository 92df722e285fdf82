package mqworkbook.transactions;

import java.sql.SQLException;
import java.util.List;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderRefusedException;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class RefundProperties {

    /** What befalls the process that cancels. */
    enum Fate {
        NONE,
        DIES_BEFORE,
        DIES_AFTER,
        FAILS,
        ANSWER_LOST
    }

    /** One copy of the refusal. */
    record Copy(Fate fate, int call) {}

    private static ShopDatabase database;

    @BeforeContainer
    static void open() throws SQLException {
        database = ShopDatabase.create();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    @Label("the money is given back with the order's cancellation, once")
    void once(@ForAll("copies") List<Copy> copies) throws SQLException, OrderRefusedException {
        Order order = database.order();
        new OrderBook(database.dataSource()).place("T-" + order.orderId(), order);
        for (Copy copy : copies) {
            Statistics.label("fate").collect(copy.fate());
            cancel(order, copy);
            database.expectRefundBalances(order, "copies of the refusal: " + copies);
        }
        new Cancellations(database.dataSource()).cancel(order);
        database.expectCancelled(order, "copies of the refusal: " + copies + ", and a last one");
        Statistics.label("fate").coverage(coverage -> {
            for (Fate fate : Fate.values()) {
                coverage.check(fate).percentage(share -> share > 8);
            }
        });
    }

    private static void cancel(Order order, Copy copy) throws SQLException {
        DatabaseActor actor = new DatabaseActor("shop", database.dataSource());
        switch (copy.fate()) {
            case NONE -> {}
            case DIES_BEFORE -> CallMoment.dieBefore(actor, copy.call());
            case DIES_AFTER -> CallMoment.dieAfter(actor, copy.call());
            case FAILS -> CallMoment.failBefore(actor, copy.call());
            case ANSWER_LOST -> CallMoment.failAfter(actor, call -> true, copy.call());
        }
        try {
            new Cancellations(actor.dataSource()).cancel(order);
        } catch (ProcessDied died) {
            // The refusal comes again.
        } catch (SQLException e) {
            if (copy.fate() == Fate.NONE) {
                throw e;
            }
        }
    }

    @Provide
    Arbitrary<List<Copy>> copies() {
        return Combinators.combine(
                        Arbitraries.of(Fate.class), Arbitraries.integers().between(1, 4))
                .as(Copy::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}

package mqworkbook.transactions;

import java.sql.SQLException;
import java.util.List;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderRefusedException;
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
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

class BookProperties {

    /** What befalls the process while it writes. */
    enum Fate {
        NONE,
        DIES_BEFORE,
        DIES_AFTER,
        FAILS
    }

    /**
     * One click.
     *
     * @param call at which of its calls to the database the fate comes
     */
    record Click(boolean affordable, boolean again, Fate fate, int call) {}

    private static ShopDatabase database;

    @BeforeContainer
    static void open() throws SQLException {
        database = ShopDatabase.create();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    @Label("an order is there and paid, or it is not there")
    void bothOrNeither(@ForAll("clicks") List<Click> clicks) throws SQLException {
        Order previous = null;
        for (Click click : clicks) {
            Statistics.label("fate").collect(click.fate());
            Order order = click.again() && previous != null
                    ? previous
                    : database.order(click.affordable() ? ShopDatabase.BALANCE / 2 : ShopDatabase.BALANCE + 1);
            place(order, click);
            previous = order;
        }
        Statistics.label("fate").coverage(BookProperties::hardCases);
    }

    private static void place(Order order, Click click) {
        boolean before = database.isPlaced(order.orderId());
        DatabaseActor actor = new DatabaseActor("shop", database.dataSource());
        CallMoment moment = befall(actor, click);
        String end;
        try {
            new OrderBook(actor.dataSource()).place(order.orderId() + "-" + System.nanoTime(), order);
            end = "it was placed";
            if (!database.isPlaced(order.orderId())) {
                throw Wrong.that("place() has returned, and the order is not there")
                        .seen(database.describe(order));
            }
        } catch (OrderRefusedException e) {
            end = "it was refused";
            if (database.isPlaced(order.orderId()) != before) {
                throw Wrong.that("An order was refused, and is placed all the same")
                        .seen(database.describe(order))
                        .means("The customer is told no, and gets the goods.");
            }
        } catch (ProcessDied e) {
            end = "the process died";
        } catch (SQLException e) {
            end = "the database failed";
        }
        database.expectBooksBalance(
                order, end + (moment == null ? "" : ", " + click.fate() + " the call number " + click.call()));
    }

    private static CallMoment befall(DatabaseActor actor, Click click) {
        return switch (click.fate()) {
            case NONE -> null;
            case DIES_BEFORE -> CallMoment.dieBefore(actor, click.call());
            case DIES_AFTER -> CallMoment.dieAfter(actor, click.call());
            case FAILS -> CallMoment.failBefore(actor, click.call());
        };
    }

    private static void hardCases(StatisticsCoverage coverage) {
        for (Fate fate : Fate.values()) {
            coverage.check(fate).percentage(share -> share > 8);
        }
    }

    @Provide
    Arbitrary<List<Click>> clicks() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
                        Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true)),
                        Arbitraries.of(Fate.class),
                        Arbitraries.integers().between(1, 5))
                .as(Click::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}

package mqworkbook.transactions;

import java.sql.SQLException;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.TestClock;
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
import org.apache.rocketmq.client.producer.LocalTransactionState;

class VerdictProperties {

    /** What becomes of a call to the database. */
    enum Fate {
        NONE,
        FAILS,
        ANSWER_LOST,
        COMMIT_UNDER_WAY,
        CLOSE_FAILS
    }

    /** One transaction. */
    record Case(boolean affordable, Fate fate, int call) {}

    private static final TestClock CLOCK = new TestClock();

    private static ShopDatabase database;

    @BeforeContainer
    static void open() throws SQLException {
        database = ShopDatabase.create();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("what is said for good is true, and what is not certain is not said")
    void isTrue(@ForAll("cases") Case one) throws SQLException {
        Statistics.label("fate").collect(one.fate());
        var order = database.order(one.affordable() ? ShopDatabase.BALANCE / 2 : ShopDatabase.BALANCE + 1);
        Half half = new Half(database, order, CLOCK.instant());
        LostAnswers lost = new LostAnswers(
                one.fate() == Fate.CLOSE_FAILS ? LostAnswers.When.CLOSE : LostAnswers.When.COMMIT_IS_UNDER_WAY);
        boolean breaks = one.fate() == Fate.COMMIT_UNDER_WAY || one.fate() == Fate.CLOSE_FAILS;
        ShopProcess process = new ShopProcess(
                "shop", breaks ? lost.of(database.dataSource()) : database.dataSource(), CLOCK, Shop.FOR_EVER);
        if (one.fate() == Fate.FAILS) {
            CallMoment.failBefore(process.actor(), one.call());
        } else if (one.fate() == Fate.ANSWER_LOST) {
            CallMoment.failAfter(process.actor(), call -> true, one.call());
        }
        LocalTransactionState said = half.execute(process);
        lost.arrive();
        half.expectAgreement();
        if (one.fate() == Fate.NONE && said == LocalTransactionState.UNKNOW) {
            throw Wrong.that("Nobody can be in doubt about this transaction, and the broker was told UNKNOW")
                    .seen(half.describe())
                    .means("The message waits for the broker's question, half a minute by default.");
        }
        Statistics.label("fate").coverage(coverage -> {
            for (Fate fate : Fate.values()) {
                coverage.check(fate).percentage(share -> share > 10);
            }
        });
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
                        Arbitraries.of(Fate.class),
                        Arbitraries.integers().between(1, 4))
                .as(Case::new);
    }
}

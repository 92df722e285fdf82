package mqworkbook.transactions;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
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
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.apache.rocketmq.client.producer.LocalTransactionState;

class CheckProperties {

    /** What becomes of the process that was to run the transaction. */
    enum Fate {
        NEVER_BEGINS,
        DIES_BEFORE_A_CALL,
        DIES_AFTER_A_CALL,
        A_CALL_FAILS,
        AN_ANSWER_IS_LOST,
        SLEEPS_BEFORE_A_CALL,
        COMMIT_COMES_LATE
    }

    /**
     * One transaction and the broker's questions about it.
     *
     * @param call at which of its calls to the database the fate comes
     * @param before so long after the half message the questions come, in shares of the patience, while it sleeps
     * @param dying whether the first process that is asked dies of it
     */
    record Case(Fate fate, int call, List<Integer> before, boolean dying, int dyingCall) {}

    private final TestClock clock = new TestClock();

    private static ShopDatabase database;

    @BeforeContainer
    static void open() throws SQLException {
        database = ShopDatabase.create();
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    @Label("every answer for good is true in the end, and in the end there is one")
    void agreement(@ForAll("cases") Case one) throws Exception {
        Statistics.label("fate").collect(one.fate());
        Half half = new Half(database, database.order(), clock.instant());
        LostAnswers lost = new LostAnswers(LostAnswers.When.COMMIT_IS_UNDER_WAY);
        ShopProcess first = new ShopProcess(
                "shop",
                one.fate() == Fate.COMMIT_COMES_LATE ? lost.of(database.dataSource()) : database.dataSource(),
                clock,
                Step3CheckBack.PATIENCE);
        CallMoment moment = befall(first, one);
        CompletableFuture<LocalTransactionState> executing = new CompletableFuture<>();
        if (one.fate() == Fate.SLEEPS_BEFORE_A_CALL) {
            executing = Beside.run(() -> half.execute(first));
            CompletableFuture<?> sleeping = executing;
            Eventually.within(Shop.SOON)
                    .until("it sleeps, or is through", () -> moment.hasCome() || sleeping.isDone())
                    .orElse(() -> Wrong.that("A local transaction never gets to its database")
                            .seen(half.describe()));
        } else {
            executing.complete(one.fate() == Fate.NEVER_BEGINS ? LocalTransactionState.UNKNOW : half.execute(first));
        }
        questions(half, one);
        lost.arrive();
        if (moment != null) {
            moment.release();
        }
        Beside.result(
                executing,
                Shop.SOON,
                () -> Wrong.that("A transaction does not end").seen(half.describe()));
        half.expectAgreement();
        expectDecided(half);
        Statistics.label("fate").coverage(coverage -> {
            for (Fate fate : Fate.values()) {
                coverage.check(fate).percentage(share -> share > 6);
            }
        });
    }

    private CallMoment befall(ShopProcess process, Case one) {
        return switch (one.fate()) {
            case DIES_BEFORE_A_CALL -> CallMoment.dieBefore(process.actor(), one.call());
            case DIES_AFTER_A_CALL -> CallMoment.dieAfter(process.actor(), one.call());
            case A_CALL_FAILS -> CallMoment.failBefore(process.actor(), one.call());
            case AN_ANSWER_IS_LOST -> CallMoment.failAfter(process.actor(), call -> true, one.call());
            case SLEEPS_BEFORE_A_CALL -> CallMoment.holdBefore(process.actor(), one.call());
            case NEVER_BEGINS, COMMIT_COMES_LATE -> null;
        };
    }

    private void questions(Half half, Case one) {
        boolean dying = one.dying();
        for (int tenths : one.before()) {
            clock.advance(Step3CheckBack.PATIENCE.multipliedBy(tenths).dividedBy(10));
            ShopProcess asked = process();
            if (dying) {
                CallMoment.dieBefore(asked.actor(), one.dyingCall());
                dying = false;
            }
            half.check(asked);
        }
    }

    private void expectDecided(Half half) {
        LocalTransactionState said = LocalTransactionState.UNKNOW;
        for (int check = 0; check < Step3CheckBack.MOST_CHECKS && said == LocalTransactionState.UNKNOW; check++) {
            clock.advance(Step3CheckBack.PATIENCE);
            said = half.check(process());
        }
        if (said == LocalTransactionState.UNKNOW) {
            throw Wrong.that("A transaction is never decided")
                    .seen(half.describe())
                    .means("The broker asks 15 times, then puts the half message where nobody looks.");
        }
        half.expectAgreement();
    }

    private ShopProcess process() {
        return new ShopProcess("other shop", database.dataSource(), clock, Step3CheckBack.PATIENCE);
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of(Fate.class),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 8).list().ofMaxSize(3),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 3))
                .as(Case::new);
    }
}

package mqworkbook.transactions;

import java.util.List;
import mqworkbook.transactions.shop.Order;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class InvoiceProperties {

    /** What becomes of the first process. */
    enum Fate {
        FAILS,
        DIES_AT_WORK,
        DIES_BEFORE_THE_COMMIT,
        DIES_AFTER_THE_COMMIT
    }

    private static Accounting accounting;

    @BeforeContainer
    static void open() {
        accounting = Accounting.open();
    }

    @AfterContainer
    static void close() {
        accounting.close();
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each order gets one invoice")
    void once(@ForAll("fates") List<Fate> fates, @ForAll @IntRange(min = 1, max = 4) int count) {
        for (Fate fate : fates) {
            Statistics.label("fate").collect(fate);
            List<Order> orders = accounting.orders(count);
            Order last = orders.get(count - 1);
            Clerk first = accounting.clerk("clerk", "1");
            switch (fate) {
                case FAILS -> first.failing(last);
                case DIES_AT_WORK -> first.dying(last);
                case DIES_BEFORE_THE_COMMIT -> first.dyingAt(message -> message.is("EndTxn"), false);
                case DIES_AFTER_THE_COMMIT -> first.dyingAt(message -> message.is("EndTxn"), true);
            }
            first.start();
            String what = count + " orders, the first process: " + fate;
            if (fate == Fate.FAILS) {
                accounting.expectInvoiced(orders, what, first);
                first.expectEnds();
                continue;
            }
            Eventually.within(Accounting.SOON)
                    .until("it dies", () -> first.isDead() || first.isDone())
                    .orElse(() ->
                            Wrong.that("Invoicing never gets to its commit").seen(what));
            first.rethrow();
            first.die();
            accounting.evict();
            Clerk second = accounting.clerk("clerk, restarted", "1").start();
            accounting.expectInvoiced(orders, what, second);
            second.expectEnds();
        }
    }

    @Provide
    Arbitrary<List<Fate>> fates() {
        return Arbitraries.shuffle(Fate.values());
    }
}

package mqworkbook.delay;

import java.sql.SQLException;
import java.util.List;
import mqworkbook.delay.order.Timeout;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class OrderBookProperties {

    private static final String PROCESS = "one";

    enum Call {
        PAY_FIRST,
        PAY_SECOND,
        EXPIRE_EARLY,
        EXPIRE
    }

    enum Crash {
        NONE,
        BEFORE,
        AFTER
    }

    /** A call at the book, and a crash of the process at one of its steps. */
    record Operation(Call call, Crash crash, int step) {

        @Override
        public String toString() {
            return crash == Crash.NONE ? call.name() : call + " dies " + crash + " step " + step;
        }
    }

    private static Shop shop;

    @BeforeContainer
    static void open() {
        shop = new Shop();
    }

    @AfterContainer
    static void close() {
        shop.close();
    }

    @Property(tries = 200)
    @Label("paid and cancelled are final, answers are true, and units go back if and only if the order is cancelled")
    void sequences(@ForAll("operations") List<Operation> operations) throws Exception {
        Timeout order = shop.dueAtNoon();
        String before = "UNPAID";
        String payment = null;
        for (Operation operation : operations) {
            Statistics.label("crash").collect(operation.crash());
            Boolean answer = run(order, operation);
            String after = shop.status(order);
            String what = operation + " of " + operations + ": " + before + " became " + after + ", and the answer was "
                    + (answer == null ? "an exception" : answer);
            expectLegal(order, operation, before, after, what);
            String paidWith = shop.database.look("SELECT payment_id FROM orders WHERE order_id = ?", order.orderId());
            if (answer != null && answer != isTrue(operation, before, after, paidWith)) {
                throw Wrong.that("The book of orders says the opposite of what it has done")
                        .seen(what + "; paid with " + paidWith);
            }
            if (payment != null && !payment.equals(paidWith)) {
                throw Wrong.that("The payment of a paid order was replaced").seen(what + "; paid with " + paidWith);
            }
            shop.expectStock(order, what);
            before = after;
            payment = paidWith;
        }
        Statistics.label("end").collect(before);
        Statistics.label("crash")
                .coverage(coverage -> coverage.check(Crash.AFTER).percentage(share -> share > 5));
        Statistics.label("end").coverage(coverage -> {
            coverage.check("PAID").percentage(share -> share > 10);
            coverage.check("CANCELLED").percentage(share -> share > 10);
        });
    }

    private static void expectLegal(Timeout order, Operation operation, String before, String after, String what) {
        boolean unchanged = before.equals(after);
        boolean pays = operation.call() == Call.PAY_FIRST || operation.call() == Call.PAY_SECOND;
        boolean may = before.equals("UNPAID")
                && (pays ? after.equals("PAID") : operation.call() == Call.EXPIRE && after.equals("CANCELLED"));
        boolean must =
                before.equals("UNPAID") && operation.crash() == Crash.NONE && operation.call() != Call.EXPIRE_EARLY;
        if (unchanged ? must : !may) {
            throw Wrong.that("An order changes its state against the rule")
                    .seen(order.orderId() + ": " + what)
                    .means("The customer has paid for what will not come, or gets what nobody has paid for.");
        }
    }

    private static boolean isTrue(Operation operation, String before, String after, String paidWith) {
        return switch (operation.call()) {
            case PAY_FIRST -> "P-1".equals(paidWith);
            case PAY_SECOND -> "P-2".equals(paidWith);
            case EXPIRE_EARLY, EXPIRE -> !before.equals(after);
        };
    }

    /** The call's answer; null when the process has died. */
    private static Boolean run(Timeout order, Operation operation) throws Exception {
        shop.database.renew(PROCESS);
        switch (operation.crash()) {
            case NONE -> {}
            case BEFORE -> CallMoment.dieBefore(shop.database.actor(PROCESS), operation.step());
            case AFTER -> CallMoment.dieAfter(shop.database.actor(PROCESS), operation.step());
        }
        OrderBook book = shop.book(PROCESS);
        try {
            return switch (operation.call()) {
                case PAY_FIRST -> book.pay(order.orderId(), "P-1");
                case PAY_SECOND -> book.pay(order.orderId(), "P-2");
                case EXPIRE_EARLY -> book.expire(order.orderId(), Shop.NOON.minusMillis(1));
                case EXPIRE -> book.expire(order.orderId(), Shop.NOON);
            };
        } catch (ProcessDied died) {
            return null;
        } catch (SQLException connectionLost) {
            if (operation.crash() == Crash.NONE) {
                throw connectionLost;
            }
            return null;
        }
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        return Combinators.combine(
                        Arbitraries.of(Call.class),
                        Arbitraries.of(Crash.NONE, Crash.NONE, Crash.BEFORE, Crash.AFTER),
                        Arbitraries.integers().between(1, 3))
                .as(Operation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}

package mqworkbook.delay;

import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

abstract class Step7Database extends TimeoutsContract {

    /** Look, claim and delete, each with a commit: more than a poller needs for one timeout. */
    private static final int STATEMENTS = 6;

    @Override
    DatabaseBench newBench() {
        return new DatabaseBench(Pollers.POLL);
    }

    @Test
    @Order(20)
    @Tag("fault")
    @DisplayName("two pollers at the same moment: an overdue timeout is handed to one of them")
    void pollers() throws Exception {
        DatabaseBench bench = (DatabaseBench) bench();
        Timeouts shop = bench.open("shop");
        for (int n = 1; n <= STATEMENTS; n++) {
            String slow = "slow-" + n;
            Timeout timeout = bench.dueIn(Bench.LONG.negated());
            shop.schedule(timeout);
            CallMoment moment = CallMoment.holdBefore(bench.database.actor(slow), n);
            Timeouts held = bench.start(slow);
            Pollers.awaitHeld(bench, moment::hasCome, timeout);
            Timeouts other = bench.start("quick-" + n);
            Pollers.awaitABit(() -> bench.firings.count(timeout) > 0);
            moment.release();
            bench.expectHandled(timeout);
            Pollers.expectOne(
                    bench, timeout, "one poller was held before its statement " + n + " while the other one ran");
            held.close();
            other.close();
            // What they were claiming when they were closed is not the next one's.
            bench.passLease();
        }
    }

    @Test
    @Order(21)
    @Tag("fault")
    @DisplayName("a poller goes on when the database was away for a moment")
    void goesOn() throws Exception {
        DatabaseBench bench = (DatabaseBench) bench();
        Timeouts shop = bench.open("shop");
        for (int n = 1; n <= 3; n++) {
            String process = "process-" + n;
            CallMoment moment = CallMoment.failBefore(bench.database.actor(process), n);
            Timeouts polling = bench.start(process);
            Timeout timeout = bench.dueIn(Bench.LONG.negated());
            shop.schedule(timeout);
            Eventually.within(Bench.SOON)
                    .until("the database was away", moment::hasCome)
                    .orElse(() ->
                            Wrong.that("A poller does not look for what is due").seen(bench.whereabouts()));
            bench.passLease();
            bench.expectHandled(timeout, Pollers::ended);
            polling.close();
        }
    }

    @Test
    @Order(22)
    @DisplayName("a timeout can be scheduled twice, and moved")
    void again() throws Exception {
        DatabaseBench bench = (DatabaseBench) bench();
        Timeouts timeouts = bench.start("first");
        Timeout timeout = bench.dueIn(Bench.LONG);
        timeouts.schedule(timeout);
        timeouts.schedule(timeout);
        Timeout sooner = new Timeout(timeout.orderId(), bench.clock.instant().plus(bench.shortWait()));
        timeouts.schedule(sooner);
        bench.expectHandled(
                sooner,
                () -> Wrong.that("An order's timeout cannot be moved")
                        .means("Who was granted less time, or has asked for it, is still waited for."));
    }
}

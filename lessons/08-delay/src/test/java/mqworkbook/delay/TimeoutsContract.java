package mqworkbook.delay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every mechanism promises, whatever it is made of. */
abstract class TimeoutsContract {

    private static final int ENOUGH = 3;

    private Bench opened;

    /** A mechanism of this step's, in which nothing waits. */
    abstract Bench newBench() throws Exception;

    final Bench bench() throws Exception {
        opened = newBench();
        return opened;
    }

    @AfterEach
    void end() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    @Order(11)
    @DisplayName(
            "a timeout comes when it is due, not before, and once, whatever else waits; an overdue one comes at once")
    void due() throws Exception {
        Bench bench = bench();
        Timeouts timeouts = bench.start("first");
        Timeout late = bench.dueIn(Bench.LONG);
        scheduleLate(timeouts, late);
        Timeout soon = bench.dueIn(bench.visibleWait());
        Timeout overdue = bench.dueIn(Bench.LONG.negated());
        timeouts.schedule(soon);
        timeouts.schedule(overdue);
        bench.expectHandled(overdue, TimeoutsContract::stuckBehind);
        bench.expectHandled(soon, TimeoutsContract::stuckBehind);
        bench.expectOnce(soon);
        bench.firings.expectNoneEarly();
        bench.finish(timeouts);
        bench.expectDisconnected("first");
    }

    @Test
    @Order(12)
    @DisplayName("a timeout whose handler has failed comes again")
    void failing() throws Exception {
        Bench bench = bench();
        Timeouts timeouts = bench.start("first");
        Timeout timeout = bench.dueIn(bench.shortWait());
        bench.firings.failing(timeout, 1);
        timeouts.schedule(timeout);
        bench.awaitFiring(timeout);
        bench.passLease();
        bench.expectHandled(timeout, Step1Wait::forgotten);
    }

    @Test
    @Order(13)
    @Tag("fault")
    @DisplayName("what is due while no process runs comes when one runs again")
    void processRestarts() throws Exception {
        Bench bench = bench();
        Timeout timeout = scheduledAndLeft(bench);
        bench.awaitDue(timeout);
        // Long enough for a server that expires at its leisure to tell those who listen: nobody.
        Pollers.awaitABit(() -> bench.firings.count(timeout) > 0);
        Pollers.awaitABit(() -> bench.firings.count(timeout) > 0);
        bench.start("second");
        bench.expectHandled(
                timeout,
                () -> Wrong.that("A timeout that was due while no process ran is never handed over")
                        .means("Each deploy leaves some orders unpaid for ever, and nobody knows which.")
                        .suspect("timers in memory, or an event that only those hear who listen in that moment"));
    }

    @Test
    @Order(14)
    @Tag("fault")
    @DisplayName("a timeout whose process dies at work comes to another one")
    void diesAtWork() throws Exception {
        Bench bench = bench();
        Timeout timeout = bench.dueIn(bench.shortWait());
        CountDownLatch stuck = bench.firings.stuckOn(timeout);
        bench.start("first").schedule(timeout);
        bench.await(stuck, timeout);
        bench.kill("first");
        bench.passLease();
        bench.start("second");
        bench.expectHandled(timeout, TimeoutsContract::lostWithItsProcess);
    }

    /** A timeout of a process that was gone before it was due; on a busy machine that takes a longer wait. */
    private static Timeout scheduledAndLeft(Bench bench) throws Exception {
        Duration wait = bench.shortWait().multipliedBy(2);
        for (int tries = 1; ; tries++) {
            String process = "first-" + tries;
            Timeouts first = bench.start(process);
            Timeout timeout = bench.dueIn(wait);
            first.schedule(timeout);
            bench.finish(first);
            bench.kill(process);
            if (bench.clock.instant().isBefore(timeout.dueAt()) || tries == ENOUGH) {
                return timeout;
            }
            wait = wait.multipliedBy(4);
        }
    }

    private static void scheduleLate(Timeouts timeouts, Timeout late) {
        try {
            timeouts.schedule(late);
        } catch (Todo todo) {
            throw todo;
        } catch (Exception refused) {
            throw Wrong.that("A timeout that is due in " + Bench.LONG.toDays() + " days is refused")
                    .seen(refused.toString())
                    .means("Whoever has that long to pay cannot order.")
                    .suspect("a wait that is longer than the server takes: three days, on RocketMQ")
                    .because(refused);
        }
    }

    private static Wrong stuckBehind() {
        return Wrong.that("A timeout with a short wait waits behind one with a long wait")
                .means("One customer has days to pay, and all orders after it are cancelled then.")
                .suspect(
                        "a time to live for each message in one queue: a message expires only at the head of its queue");
    }

    static Wrong lostWithItsProcess() {
        return Wrong.that("A timeout is lost with the process that was at work on it")
                .means("Each crash leaves an order unpaid for ever, with units that nobody can buy.")
                .suspect("an acknowledgement before the work, or a claim that removes");
    }
}

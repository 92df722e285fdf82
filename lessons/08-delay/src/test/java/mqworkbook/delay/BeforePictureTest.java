package mqworkbook.delay;

import static org.assertj.core.api.Assertions.assertThat;

import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts when timers live in a process. These tests pass: they describe the problem. */
@DisplayName("Before: a timer in the memory of the shop")
class BeforePictureTest {

    @Test
    @DisplayName("it works, on the machine of whoever wrote it")
    void works() throws Exception {
        try (InProcessBench bench = new InProcessBench()) {
            Timeout timeout = bench.dueIn(bench.shortWait());
            bench.start("first").schedule(timeout);
            bench.expectHandled(timeout);
        }
    }

    @Test
    @DisplayName("after a deploy the order stays unpaid for ever, and nothing knows of it")
    void forgotten() throws Exception {
        try (InProcessBench bench = new InProcessBench()) {
            Timeout timeout = bench.dueIn(bench.shortWait());
            Timeouts first = bench.start("first");
            first.schedule(timeout);
            first.close();
            bench.start("second");
            bench.awaitDue(timeout);
            Eventually.never(
                    "nobody asks for it",
                    Bench.QUIET,
                    () -> bench.firings.count(timeout) > 0,
                    () -> Wrong.that("Somebody has found the timer of a process that is gone"));
        }
    }

    @Test
    @DisplayName("what fails once is never tried again")
    void failedOnce() throws Exception {
        try (InProcessBench bench = new InProcessBench()) {
            Timeout timeout = bench.dueIn(bench.shortWait());
            bench.firings.failing(timeout, 1);
            bench.start("first").schedule(timeout);
            bench.awaitFiring(timeout);
            Eventually.never(
                    "it does not come again",
                    Bench.QUIET,
                    () -> bench.firings.count(timeout) > 1,
                    () -> Wrong.that("It has come again"));
            assertThat(bench.firings.handled(timeout)).isFalse();
        }
    }
}

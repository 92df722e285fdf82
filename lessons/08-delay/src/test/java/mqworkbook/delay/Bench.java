package mqworkbook.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** One mechanism with its processes, for one test: what the contract of all mechanisms needs to know of each. */
abstract class Bench implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(5);
    static final Duration QUIET = Duration.ofMillis(250);
    static final Duration LONG = Duration.ofDays(10);
    static final Duration LEASE = Duration.ofMinutes(1);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final DelayClock clock = new DelayClock();
    final Firings firings = new Firings(clock, this::precision);
    private final List<Timeouts> opened = new ArrayList<>();

    /** The learner's mechanism in one process. */
    abstract Timeouts newTimeouts(String process) throws Exception;

    /** The process's connections are gone, and it gets no new one. */
    abstract void cutOff(String process);

    /** How many connections the process has. */
    abstract int connections(String process);

    /** Where timeouts are, in one line. */
    abstract String whereabouts();

    /** How early a timeout may come. */
    Duration precision() {
        return Duration.ZERO;
    }

    /** A wait that is short, and long enough to be seen. */
    Duration shortWait() {
        return Duration.ofMillis(150);
    }

    /** A wait after which it can be told that a timeout was early. */
    Duration visibleWait() {
        return shortWait();
    }

    /** The learner's close(), as a deploy calls it. */
    void finish(Timeouts timeouts) throws Exception {
        timeouts.close();
    }

    /** Lets the time pass after which a claim that was not completed is void, where there are claims. */
    void passLease() {}

    final Timeout dueIn(Duration wait) {
        return new Timeout("O-" + NUMBERS.incrementAndGet(), clock.instant().plus(wait));
    }

    /** Opens the mechanism in a process. */
    final Timeouts open(String process) throws Exception {
        Timeouts timeouts = newTimeouts(process);
        synchronized (opened) {
            opened.add(timeouts);
        }
        return timeouts;
    }

    /** Opens and starts it. */
    final Timeouts start(String process) throws Exception {
        return start(process, timeout -> {});
    }

    final Timeouts start(String process, TimeoutHandler work) throws Exception {
        Timeouts timeouts = open(process);
        timeouts.start(firings.of(process, work));
        return timeouts;
    }

    final void kill(String process) {
        cutOff(process);
        firings.die(process);
    }

    final void expectHandled(Timeout timeout, Supplier<Wrong> otherwise) {
        // What is due later is waited for longer.
        Duration left = Duration.between(clock.instant(), timeout.dueAt());
        Eventually.within(SOON.plus(left.isNegative() ? Duration.ZERO : left))
                .until(timeout.orderId() + " is handled", () -> {
                    firings.expectNoneEarly();
                    return firings.handled(timeout);
                })
                .orElse(() -> otherwise
                        .get()
                        .seen(firings.told(timeout) + "; it was due "
                                + Duration.between(timeout.dueAt(), clock.instant())
                                        .toMillis()
                                + " ms ago; " + whereabouts()));
        firings.expectNoneEarly();
    }

    final void expectHandled(Timeout timeout) {
        expectHandled(
                timeout,
                () -> Wrong.that("A timeout is never handed over")
                        .means("The order stays unpaid for ever, and its units are sold to nobody.")
                        .suspect("a dead-letter exchange or routing key that leads nowhere, or nobody who looks"));
    }

    final void awaitFiring(Timeout timeout) {
        Eventually.within(SOON)
                .until(timeout.orderId() + " is handed over", () -> {
                    firings.expectNoneEarly();
                    return firings.count(timeout) > 0;
                })
                .orElse(() -> Wrong.that("A timeout is never handed over")
                        .seen(firings.told(timeout) + "; " + whereabouts())
                        .means("The order stays unpaid for ever, and its units are sold to nobody."));
    }

    final void await(CountDownLatch reached, Timeout timeout) throws Exception {
        awaitFiring(timeout);
        if (!reached.await(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(timeout.orderId() + " was handed over, and does not hang");
        }
    }

    final void awaitDue(Timeout timeout) {
        Duration left = Duration.between(clock.instant(), timeout.dueAt());
        Eventually.within(SOON.plus(left.isNegative() ? Duration.ZERO : left))
                .until(timeout.orderId() + " is due", () -> !clock.instant().isBefore(timeout.dueAt()))
                .orElse(() -> new IllegalStateException(timeout.orderId() + " is due later"));
    }

    /** No second copy of what was handled. */
    final void expectOnce(Timeout timeout) {
        Eventually.never(
                "no second copy",
                QUIET,
                () -> firings.count(timeout) > 1,
                () -> Wrong.that("A timeout that was handled is handed over again")
                        .seen(firings.told(timeout))
                        .means("Each order is looked at again and again, for as long as the system runs.")
                        .suspect("what was handled is never acknowledged or removed"));
    }

    final void expectDisconnected(String process) {
        Eventually.within(SOON)
                .until(process + " is disconnected", () -> connections(process) == 0)
                .orElse(() -> Wrong.that("A mechanism that was closed is still connected")
                        .seen(connections(process) + " open connection(s) of the " + process + " process after close()")
                        .means("Each deploy leaves a connection behind, until the server is out of file descriptors.")
                        .suspect("a connection that close() does not close"));
    }

    /** Ends what the learner's code has running; what it throws then was asked for by nobody. */
    @Override
    public void close() {
        firings.release();
        synchronized (opened) {
            opened.forEach(this::end);
            opened.clear();
        }
    }

    void end(Timeouts timeouts) {
        try {
            timeouts.close();
        } catch (Exception | Error ended) {
            // The test is over.
        }
    }
}

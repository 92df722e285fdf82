package mqworkbook.delay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;

/** Handles the timeouts of all processes as it is told, and remembers when which was handed over to whom. */
final class Firings {

    /** One time that a timeout was handed over. */
    static final class Firing {

        private final String process;
        private final Instant at;
        private volatile boolean handled;

        private Firing(String process, Instant at) {
            this.process = process;
            this.at = at;
        }

        String process() {
            return process;
        }

        Instant at() {
            return at;
        }
    }

    private final Clock clock;
    private final Supplier<Duration> precision;
    private final Map<Timeout, List<Firing>> firings = new HashMap<>();
    private final Map<Timeout, Integer> failures = new HashMap<>();
    private final Map<Timeout, CountDownLatch> stuck = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile Wrong early;

    /**
     * A memory.
     *
     * @param precision how early a timeout may come, as far as the mechanism's clock is another one
     */
    Firings(Clock clock, Supplier<Duration> precision) {
        this.clock = clock;
        this.precision = precision;
    }

    /** The handler of a process. */
    TimeoutHandler of(String process) {
        return of(process, timeout -> {});
    }

    /** The handler of a process, which does this with each timeout. */
    TimeoutHandler of(String process, TimeoutHandler work) {
        return timeout -> {
            Firing firing = begin(process, timeout);
            CountDownLatch reached = take(timeout);
            if (reached != null) {
                reached.countDown();
                release.await();
            }
            expectAlive(process);
            expectSuccess(timeout);
            work.onTimeout(timeout);
            firing.handled = true;
        };
    }

    /** The next handlings of the timeout fail, so many of them. */
    synchronized void failing(Timeout timeout, int times) {
        failures.put(timeout, times);
    }

    /** The next handling of the timeout hangs; the latch tells when it does. */
    synchronized CountDownLatch stuckOn(Timeout timeout) {
        CountDownLatch reached = new CountDownLatch(1);
        stuck.put(timeout, reached);
        return reached;
    }

    /** The process is dead; what hangs goes on, without an effect for this one. */
    void die(String process) {
        synchronized (this) {
            dead.add(process);
        }
        release.countDown();
    }

    /** What hangs goes on. */
    void release() {
        release.countDown();
    }

    /** How often the timeout was handed over. */
    synchronized int count(Timeout timeout) {
        return firings.getOrDefault(timeout, List.of()).size();
    }

    synchronized List<Firing> of(Timeout timeout) {
        return List.copyOf(firings.getOrDefault(timeout, List.of()));
    }

    /** Whether the timeout was handed over to that process. */
    boolean handedTo(String process, Timeout timeout) {
        return of(timeout).stream().anyMatch(firing -> firing.process.equals(process));
    }

    /** Whether the timeout was handled. */
    boolean handled(Timeout timeout) {
        return of(timeout).stream().anyMatch(firing -> firing.handled);
    }

    /** Throws when anything was handed over too early. */
    void expectNoneEarly() {
        Wrong found = early;
        if (found != null) {
            throw found;
        }
    }

    /** Told in the order's words. */
    String told(Timeout timeout) {
        List<Firing> all = of(timeout);
        if (all.isEmpty()) {
            return timeout.orderId() + " was never handed over";
        }
        return timeout.orderId() + " was handed over " + all.size() + " times, to "
                + all.stream().map(Firing::process).distinct().toList() + ", "
                + (handled(timeout) ? "and handled" : "and never handled");
    }

    private synchronized Firing begin(String process, Timeout timeout) {
        Instant now = clock.instant();
        Firing firing = new Firing(process, now);
        firings.computeIfAbsent(timeout, first -> new ArrayList<>()).add(firing);
        if (early == null && now.plus(precision.get()).isBefore(timeout.dueAt())) {
            early = Wrong.that("A timeout is handed over before it was due")
                    .seen(timeout.orderId() + " came "
                            + Duration.between(now, timeout.dueAt()).toMillis() + " ms too early, to " + process)
                    .means("An order is cancelled while the customer still has time to pay for it.")
                    .suspect(
                            "seconds for milliseconds, a duration for a point in time, or a wait that is rounded down");
        }
        return firing;
    }

    private synchronized CountDownLatch take(Timeout timeout) {
        return stuck.remove(timeout);
    }

    private synchronized void expectAlive(String process) {
        if (dead.contains(process)) {
            throw new ProcessDied(process);
        }
    }

    private synchronized void expectSuccess(Timeout timeout) {
        int left = failures.getOrDefault(timeout, 0);
        if (left > 0) {
            failures.put(timeout, left - 1);
            throw new IllegalStateException("database: connection refused");
        }
    }
}

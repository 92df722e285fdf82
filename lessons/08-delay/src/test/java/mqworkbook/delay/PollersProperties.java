package mqworkbook.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class PollersProperties {

    enum Fault {
        NONE,
        FAILS_ONCE,
        ITS_PROCESS_DIES
    }

    /** A timeout, by when it is due from now on, and what happens to its first handling. */
    record Plan(int dueInMillis, Fault fault) {}

    private static final int LEASES = 4;

    private static RedisFixture redis;
    private static int tries;

    @BeforeContainer
    static void open() {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
    }

    @AfterContainer
    static void close() {
        redis.close();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each timeout is handled, never early; once, unless its handling has failed or its process has died")
    void pollers(@ForAll("plans") List<Plan> plans) throws Exception {
        tries++;
        try (RedisBench bench = new RedisBench(redis, redis.prefix() + tries + ".", Pollers.POLL)) {
            run(bench, plans);
        }
        Statistics.label("fault").coverage(coverage -> {
            for (Fault fault : Fault.values()) {
                coverage.check(fault).percentage(share -> share > 1);
            }
        });
    }

    private static void run(RedisBench bench, List<Plan> plans) throws Exception {
        List<Timeouts> processes = List.of(bench.start("first-" + tries), bench.start("second-" + tries));
        List<Timeout> timeouts = new ArrayList<>();
        CountDownLatch stuck = null;
        Timeout deadly = null;
        boolean faulty = false;
        for (Plan plan : plans) {
            Timeout timeout = bench.dueIn(Duration.ofMillis(plan.dueInMillis()));
            timeouts.add(timeout);
            // Of two processes one may die.
            Fault fault = plan.fault() == Fault.ITS_PROCESS_DIES && deadly != null ? Fault.NONE : plan.fault();
            Statistics.label("fault").collect(fault);
            faulty |= fault != Fault.NONE;
            if (fault == Fault.FAILS_ONCE) {
                bench.firings.failing(timeout, 1);
            } else if (fault == Fault.ITS_PROCESS_DIES) {
                deadly = timeout;
                stuck = bench.firings.stuckOn(timeout);
            }
            processes.get(timeouts.size() % 2).schedule(timeout);
        }
        if (deadly != null) {
            bench.await(stuck, deadly);
            bench.kill(bench.firings.of(deadly).get(0).process());
        }
        if (faulty) {
            expectHandledInTheEnd(bench, timeouts);
        } else {
            timeouts.forEach(bench::expectHandled);
            timeouts.forEach(timeout -> expectOne(bench, timeout));
        }
        bench.firings.expectNoneEarly();
    }

    /** What has failed, or died with its process, comes when a lease is over. */
    private static void expectHandledInTheEnd(RedisBench bench, List<Timeout> timeouts) {
        for (int lease = 0; lease < LEASES; lease++) {
            Pollers.awaitABit(() -> timeouts.stream().allMatch(bench.firings::handled));
            bench.firings.expectNoneEarly();
            if (timeouts.stream().allMatch(bench.firings::handled)) {
                return;
            }
            bench.passLease();
        }
        timeouts.forEach(timeout -> bench.expectHandled(timeout, TimeoutsContract::lostWithItsProcess));
    }

    private static void expectOne(RedisBench bench, Timeout timeout) {
        if (bench.firings.count(timeout) > 1) {
            throw Wrong.that("One timeout was handed to two pollers").seen(bench.firings.told(timeout));
        }
    }

    @Provide
    Arbitrary<List<Plan>> plans() {
        return Combinators.combine(
                        Arbitraries.integers().between(-100, 120),
                        Arbitraries.of(Fault.NONE, Fault.NONE, Fault.FAILS_ONCE, Fault.ITS_PROCESS_DIES))
                .as(Plan::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }
}

package mqworkbook.delay;

import java.util.stream.Stream;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.redis.CommandMoment;
import mqworkbook.workbench.redis.RedisFixture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step5Redis extends TimeoutsContract {

    /** Claim, look and remove: more commands than a poller needs for one timeout. */
    private static final int COMMANDS = 4;

    private RedisFixture redis;

    /** The next step's broker takes some seconds, and comes meanwhile. */
    @BeforeAll
    static void startNext() {
        Brokers.forRun().startInBackground(BrokerKind.ROCKETMQ);
    }

    @BeforeEach
    void open(RedisFixture redis) {
        this.redis = redis;
    }

    @Override
    RedisBench newBench() {
        return new RedisBench(redis, redis.prefix(), Pollers.POLL);
    }

    @Test
    @Order(20)
    @Tag("fault")
    @DisplayName("two pollers at the same moment: an overdue timeout is handed to one of them")
    void pollers() throws Exception {
        RedisBench bench = (RedisBench) bench();
        Timeouts shop = bench.open("shop");
        for (int n = 1; n <= COMMANDS; n++) {
            String slow = "slow-" + n;
            String quick = "quick-" + n;
            Timeout timeout = bench.dueIn(Bench.LONG.negated());
            shop.schedule(timeout);
            Timeouts held = bench.open(slow);
            CommandMoment moment = CommandMoment.holdCommand(bench.actor(slow), n);
            held.start(bench.firings.of(slow));
            Pollers.awaitHeld(bench, moment::hasCome, timeout);
            Timeouts other = bench.start(quick);
            // The second command from now on is sent when the one before it was answered.
            long looked = redis.commands(quick) + 2;
            Pollers.awaitLook(() -> bench.firings.handedTo(quick, timeout) || redis.commands(quick) >= looked);
            moment.release();
            bench.expectHandled(timeout);
            Pollers.expectOne(
                    bench, timeout, "one poller was held before its command " + n + " while the other one ran");
            held.close();
            other.close();
            // What they were claiming when they were closed is not the next one's.
            bench.passLease();
        }
    }

    @Test
    @Order(21)
    @Tag("fault")
    @DisplayName("pollers go on when Redis was away for a moment, and when a handler fails")
    void goesOn() throws Exception {
        RedisBench bench = (RedisBench) bench();
        Timeouts timeouts = bench.start("first");
        Timeout failing = bench.dueIn(Bench.LONG.negated());
        bench.firings.failing(failing, 1);
        timeouts.schedule(failing);
        bench.awaitFiring(failing);
        redis.killConnections("first");
        bench.actor("first").relay().cut();
        Timeout next = bench.dueIn(bench.shortWait());
        bench.open("shop").schedule(next);
        bench.expectHandled(next, Pollers::ended);
    }

    @Test
    @Order(22)
    @Tag("fault")
    @DisplayName("timeouts that wait survive a restart of Redis, where it is durable")
    void restarts() throws Exception {
        Assumptions.assumeTrue(
                redis.broker().capabilities().restartable(),
                () -> redis.broker().capabilities().whyNotRestartable());
        RedisBench bench = (RedisBench) bench();
        Timeout timeout = bench.dueIn(Bench.LEASE);
        bench.start("first").schedule(timeout);
        redis.restartBroker();
        bench.passLease();
        bench.expectHandled(timeout, Pollers::ended);
    }

    @TestFactory
    @Order(30)
    @DisplayName("for any timeouts, failures and crashes")
    Stream<DynamicTest> crashes() {
        return StepProperties.of(PollersProperties.class);
    }
}

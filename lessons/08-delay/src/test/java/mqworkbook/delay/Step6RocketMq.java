package mqworkbook.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step6RocketMq extends TimeoutsContract {

    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private RocketMqFixture rocketMq;

    @BeforeEach
    void open(RocketMqFixture rocketMq) {
        this.rocketMq = rocketMq;
    }

    @Override
    RocketMqBench newBench() {
        return new RocketMqBench(rocketMq);
    }

    /** After a restart timers are read again from their log, and one or the other may fire twice. */
    @Test
    @Order(20)
    @Tag("fault")
    @DisplayName("timers that wait survive a restart of the broker")
    void brokerRestarts() throws Exception {
        Assumptions.assumeTrue(
                rocketMq.broker().capabilities().restartable(),
                () -> rocketMq.broker().capabilities().whyNotRestartable());
        Bench bench = bench();
        Timeouts timeouts = bench.open("first");
        List<Timeout> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Timeout timeout = bench.dueIn(bench.shortWait().multipliedBy(2));
            timeouts.schedule(timeout);
            waiting.add(timeout);
        }
        rocketMq.restartBroker();
        // Another process, since a client that has lost its broker pulls again only after three seconds.
        bench.start("second");
        for (Timeout timeout : waiting) {
            Eventually.within(RECOVERY)
                    .until(timeout.orderId() + " comes", () -> bench.firings.handled(timeout))
                    .orElse(() -> Wrong.that("A timer that was waiting when the broker restarted is lost")
                            .seen(bench.firings.told(timeout) + "; " + bench.whereabouts())
                            .means("An update of the broker, and the orders of the last half hour stay unpaid."));
        }
    }
}

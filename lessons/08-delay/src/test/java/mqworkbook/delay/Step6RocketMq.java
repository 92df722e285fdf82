package mqworkbook.delay;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.fixture.Fixtures;
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
    @DisplayName("timers that wait survive a restart of the broker, and the processes go on by themselves")
    void brokerRestarts() throws Exception {
        Assumptions.assumeTrue(
                rocketMq.broker().capabilities().restartable(),
                () -> rocketMq.broker().capabilities().whyNotRestartable());
        Bench bench = bench();
        Timeouts timeouts = bench.start("first");
        List<Timeout> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Timeout timeout = bench.dueIn(bench.shortWait().multipliedBy(2));
            timeouts.schedule(timeout);
            waiting.add(timeout);
        }
        rocketMq.restartBroker();
        waiting.forEach(timeout -> bench.expectHandled(timeout, Pollers::ended));
    }
}

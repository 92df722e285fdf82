package mqworkbook.delay;

import java.time.Duration;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.rocketmq.Shutdown;

/** Timeouts in RocketMQ, whose timers are good for a second. */
final class RocketMqBench extends Bench {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int QUEUES = 2;

    final DelayNames names;
    private final RocketMqFixture rocketMq;

    RocketMqBench(RocketMqFixture rocketMq) {
        this.rocketMq = rocketMq;
        this.names = new DelayNames(rocketMq.prefix());
        rocketMq.topics().create(names.topic(), QUEUES);
        // The broker makes it when a group comes that it has not seen, and its clients look for it half a minute later.
        rocketMq.topics().create("%RETRY%" + names.topic(), 1);
    }

    RocketMqFixture rocketMq() {
        return rocketMq;
    }

    @Override
    Timeouts newTimeouts(String process) {
        RocketMqClient client = rocketMq.client(process);
        return new RocketMqTimeouts(client.nameServer(), client.login().orElse(null), names, clock);
    }

    @Override
    void cutOff(String process) {
        rocketMq.client(process).die();
    }

    @Override
    int connections(String process) {
        return rocketMq.client(process).openConnections();
    }

    @Override
    Duration precision() {
        return SECOND;
    }

    @Override
    Duration shortWait() {
        return Duration.ofMillis(1_200);
    }

    /** Longer than the precision, by what it takes to start a client. */
    @Override
    Duration visibleWait() {
        return Duration.ofMillis(2_800);
    }

    @Override
    String whereabouts() {
        return rocketMq.topics().read(names.topic()).size() + " messages have come to the topic so far";
    }

    /** Its clients leave at once, and take three seconds more to end. */
    @Override
    void finish(Timeouts timeouts) {
        Shutdown.behind(timeouts);
    }

    @Override
    void end(Timeouts timeouts) {
        Shutdown.behind(timeouts);
    }
}

package mqworkbook.delay;

import java.time.Duration;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.rocketmq.Shutdown;

/** Timeouts in RocketMQ, whose timers are as good as the broker's settings: a second, unless told otherwise. */
final class RocketMqBench extends Bench {

    /** What it takes a client to start and to be given its queues. */
    private static final Duration CLIENT_START = Duration.ofMillis(1_800);

    private static final Duration SEEN = Duration.ofMillis(200);
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
        return rocketMq.broker().capabilities().timerPrecision();
    }

    @Override
    Duration shortWait() {
        return precision().plus(SEEN);
    }

    @Override
    Duration visibleWait() {
        return precision().plus(CLIENT_START);
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

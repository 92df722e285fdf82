package mqworkbook.workbench.rocketmq;

import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.rocketmq.ClientTimes;
import mqworkbook.workbench.fixture.BrokerFixture;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.rocketmq.RocketMqProtocol;

/** What one test sees of RocketMQ. Topics whose names begin with its prefix are removed with it. */
public final class RocketMqFixture extends BrokerFixture<RocketMqClient> {

    private TopicProbe topics;

    private RocketMqFixture(Broker broker) {
        // A topic's name may not hold a full stop.
        super(broker, new RocketMqProtocol(), "-");
    }

    /** A fixture on a broker that runs. */
    public static RocketMqFixture open(Broker broker) {
        // Before any client's class is loaded, the judge's own included, where no test launcher has done it.
        ClientTimes.shorten();
        return new RocketMqFixture(broker);
    }

    @Override
    protected RocketMqClient newClient(String actor, Relay relay) {
        return new RocketMqClient(actor, relay, broker().endpoint());
    }

    /** Looks at topics from the outside, without a relay. */
    public synchronized TopicProbe topics() {
        if (topics == null) {
            topics = new TopicProbe(broker().endpoint());
        }
        return topics;
    }

    @Override
    protected synchronized void restart() {
        closeProbe();
        broker().restart();
    }

    @Override
    protected synchronized void cleanUp() {
        try {
            topics().remove(prefix());
        } finally {
            closeProbe();
        }
    }

    private void closeProbe() {
        if (topics != null) {
            topics.close();
            topics = null;
        }
    }
}

package mqworkbook.workbench.kafka;

import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.fixture.BrokerFixture;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.kafka.KafkaProtocol;

/** What one test sees of Kafka. Topics and groups whose names begin with its prefix are removed with it. */
public final class KafkaFixture extends BrokerFixture<KafkaClient> {

    private TopicProbe topics;

    private KafkaFixture(Broker broker) {
        super(broker, new KafkaProtocol(), ".");
    }

    /** A fixture on a broker that runs. */
    public static KafkaFixture open(Broker broker) {
        return new KafkaFixture(broker);
    }

    @Override
    protected KafkaClient newClient(String actor, Relay relay) {
        return new KafkaClient(actor, relay, broker().endpoint());
    }

    /** Looks at topics and groups from the outside, without a relay. */
    public synchronized TopicProbe topics() {
        if (topics == null) {
            topics = new TopicProbe(broker().endpoint());
        }
        return topics;
    }

    @Override
    protected synchronized void cleanUp() {
        if (topics == null) {
            // Nobody has created a topic through the judge; one that clients made by publishing may be there.
            topics();
        }
        try {
            topics.remove(prefix());
        } finally {
            topics.close();
            topics = null;
        }
    }
}

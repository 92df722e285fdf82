package mqworkbook.workbench.trial;

import java.io.IOException;
import java.util.List;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.fixture.ActorClient;
import mqworkbook.workbench.fixture.BrokerFixture;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.wire.Relay;

/**
 * One durable message there and back: a client of the product's own library, behind a relay, that stays the same over
 * cuts and restarts. Closing it removes what was published. For use by one thread.
 */
public abstract class Trial implements AutoCloseable {

    static final String ACTOR = "trial";

    private final BrokerFixture<?> fixture;

    Trial(BrokerFixture<?> fixture) {
        this.fixture = fixture;
    }

    /** A trial of a broker that runs. */
    public static Trial of(Broker broker) {
        return switch (broker.kind()) {
            case RABBITMQ -> new RabbitMqTrial(RabbitMqFixture.open(broker));
            case KAFKA -> new KafkaTrial(KafkaFixture.open(broker));
            case REDIS -> new RedisTrial(RedisFixture.open(broker));
            case ROCKETMQ -> new RocketMqTrial(RocketMqFixture.open(broker));
        };
    }

    /**
     * Publishes a message that survives a restart, and returns when the broker has confirmed it.
     *
     * @param name where it is kept; whole within this trial
     * @throws IOException or the library's own exception, when the broker cannot be reached: the message is then in doubt
     */
    public abstract void publish(String name, String text) throws IOException;

    /** What is kept under that name now, in order; it stays there. */
    public abstract List<String> read(String name) throws IOException;

    /** The client's wire, for faults. */
    public final Relay relay() {
        return client().relay();
    }

    /** Restarts the broker; the client has to come back by itself. */
    public final void restartBroker() {
        fixture.restartBroker();
    }

    @Override
    public void close() {
        fixture.close();
    }

    private ActorClient client() {
        return fixture.client(ACTOR);
    }
}

package mqworkbook.workbench.brokers.contract;

import java.util.Map;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.Provider;

/**
 * A started broker, and for an external one the server behind its address.
 *
 * @param broker as lessons see it
 * @param server the same, or what plays the server of somebody else
 */
record Stand(Broker broker, Broker server) implements AutoCloseable {

    /** The setting that holds the address, and how it is written. */
    private record Address(String property, String format) {}

    private static final Map<BrokerKind, Address> ADDRESSES = Map.of(
            BrokerKind.RABBITMQ, new Address("rabbitmq.uri", "amqp://guest:guest@%s:%d/%%2F"),
            BrokerKind.KAFKA, new Address("kafka.bootstrap", "%s:%d"),
            BrokerKind.REDIS, new Address("redis.uri", "redis://%s:%d"));

    static Stand of(Broker broker) {
        broker.start();
        return new Stand(broker, broker);
    }

    /** Starts the server, and names it by its address. */
    static Stand external(Provider provider, Broker server) {
        server.start();
        Address address = ADDRESSES.get(provider.kind());
        Endpoint endpoint = server.endpoint();
        System.setProperty(address.property(), address.format().formatted(endpoint.host(), endpoint.port()));
        try {
            Broker broker = provider.external();
            broker.start();
            return new Stand(broker, server);
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        } finally {
            System.clearProperty(address.property());
        }
    }

    @Override
    public void close() {
        broker.stop();
        server.stop();
    }
}

package mqworkbook.workbench.brokers;

import org.testcontainers.lifecycle.Startable;

/**
 * One real broker, in a container, in a local process, or run by somebody else.
 *
 * <p>{@link #start()} returns once a client can publish; it is idempotent. {@link #stop()} leaves no process,
 * container, port or folder behind. Both throw {@link BrokerUnavailableException} with the command that mends it.
 */
public interface Broker extends Startable {

    /** Which product this is. */
    BrokerKind kind();

    /** The broker's own address, without a relay in front; stable over restarts. */
    Endpoint endpoint();

    /** What tests may expect from this way of running it. */
    Capabilities capabilities();

    /** Product, version and way, for one line on the console: {@code RabbitMQ 3.10.8, local process}. */
    String describe();

    /**
     * Stops and starts the server as an operator would; durable data and the address stay. Returns once a client can
     * publish again.
     *
     * @throws UnsupportedOperationException where {@link Capabilities#restartable()} is false
     */
    void restart();
}

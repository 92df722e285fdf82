package mqworkbook.workbench.brokers;

import java.util.Optional;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.docker.ContainerEngine;

/** What a kind of broker brings for each way of running it. Nothing is started before {@link Broker#start()}. */
public interface Provider {

    BrokerKind kind();

    /** The image that a container would need. */
    String image();

    /** Whether a container could start on that engine without pulling anything. */
    boolean ready(ContainerEngine engine);

    /**
     * A broker in a container of that engine.
     *
     * @param ports gives a free port with each call
     */
    Broker container(ContainerEngine engine, IntSupplier ports);

    /** Why it cannot run as a local process here, with the command that helps; empty when it can. */
    Optional<String> localObstacle();

    /** Whether nothing has to be fetched or made before a local process starts. */
    boolean isLocalPrepared();

    /**
     * Fetches and makes once what a local process needs; prints what it does.
     *
     * @throws BrokerUnavailableException with the command that helps
     */
    void prepareLocal();

    /**
     * A broker as a local process.
     *
     * @param ports gives a free port with each call
     */
    Broker local(IntSupplier ports);

    /** Whether the learner gave the address of a broker that somebody else runs. */
    boolean hasExternalAddress();

    /**
     * The address that the learner gave, without password, with the setting that holds it.
     *
     * @throws BrokerUnavailableException naming the setting when there is none
     */
    String externalAddress();

    /** The setting for an external address with an example, for messages. */
    String externalExample();

    /**
     * The broker at the address that the learner gave.
     *
     * @throws BrokerUnavailableException naming the setting when there is none, or when it is malformed
     */
    Broker external();
}

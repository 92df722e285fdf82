package mqworkbook.workbench.brokers.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;

/**
 * A broker in a container, from the image that {@link Images} names, through Testcontainers.
 *
 * <p>Only clients' ports are published, on 127.0.0.1 and on fixed ports, so that they stay over a restart. The guardian
 * removes the container with the run. {@link #restart()} is the engine's own.
 */
public abstract class ContainerBroker implements Broker {

    /** Without Ryuk, Testcontainers removes its containers when the JVM ends, and complains when it comes second. */
    private static final Duration OTHER_REMOVAL = Duration.ofSeconds(3);

    private static final Duration TIMER_PRECISION = Duration.ofMillis(250);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final BrokerKind kind;
    private final ContainerEngine engine;
    private final IntSupplier ports;
    private final Guard guard = Guard.forRun();
    private final String name;
    private GenericContainer<?> container;
    private Endpoint endpoint;
    private String version;

    protected ContainerBroker(BrokerKind kind, ContainerEngine engine, IntSupplier ports) {
        this.kind = kind;
        this.engine = engine;
        this.ports = ports;
        this.name = "mqworkbook-" + guard.runId() + "-" + kind.name().toLowerCase(Locale.ROOT) + "-"
                + NUMBER.incrementAndGet();
    }

    /**
     * A container that was never started, and how clients reach it.
     *
     * @param ports gives a free port with each call
     */
    protected abstract Blueprint blueprint(IntSupplier ports);

    /** Waits until a client can use the server, and returns the version that it tells. */
    protected abstract String awaitReady(Endpoint endpoint);

    /** Throws {@link BrokerUnavailableException} when the lessons do not hold for that version. */
    protected abstract void requireSupported(String found);

    /** How long the engine waits for the server to stop before it kills it. */
    protected abstract Duration stopPatience();

    /**
     * What is started.
     *
     * @param endpoint where clients will find it
     * @param ports ports on 127.0.0.1 by the container's own
     */
    public record Blueprint(GenericContainer<?> container, Endpoint endpoint, Map<Integer, Integer> ports) {}

    @Override
    public final BrokerKind kind() {
        return kind;
    }

    @Override
    public final synchronized void start() {
        if (container != null) {
            return;
        }
        Images.neededFor(kind).filter(image -> !engine.hasImage(image)).forEach(image -> ImagePull.run(engine, image));
        for (int attempt = 1; !startOnFreePorts(attempt == FreePorts.TO_TRY); attempt++) {
            stop();
        }
    }

    /** Returns false when another program was quicker to take a port, unless this is the last try. */
    private boolean startOnFreePorts(boolean last) {
        Blueprint blueprint = blueprint(ports);
        endpoint = blueprint.endpoint();
        guard.ownContainer(engine.address(), name, Images.withRyuk() ? Duration.ZERO : OTHER_REMOVAL);
        container = blueprint.container();
        container.withLabel("mqworkbook.run", guard.runId());
        container.setExposedPorts(blueprint.ports().keySet().stream().toList());
        container.withCreateContainerCmdModifier(command -> bind(command, blueprint.ports()));
        try {
            container.start();
            version = awaitReady(endpoint);
            requireSupported(version);
            return true;
        } catch (ContainerLaunchException | IllegalStateException e) {
            boolean taken = FreePorts.saysTaken(rootCause(e));
            if (taken && !last) {
                return false;
            }
            stop();
            throw taken
                    ? FreePorts.taken(kind, endpoint.port(), e)
                    : new BrokerUnavailableException(
                            kind.displayName() + "'s container did not start from the image " + Images.of(kind) + " ("
                                    + rootCause(e) + "): run with -Dbrokers=local to do without Docker",
                            e);
        } catch (BrokerUnavailableException e) {
            stop();
            throw e;
        }
    }

    private void bind(CreateContainerCmd command, Map<Integer, Integer> ports) {
        PortBinding[] bindings = ports.entrySet().stream()
                .map(port -> new PortBinding(
                        Ports.Binding.bindIpAndPort("127.0.0.1", port.getValue()), ExposedPort.tcp(port.getKey())))
                .toArray(PortBinding[]::new);
        command.withName(name).getHostConfig().withPortBindings(bindings);
    }

    @Override
    public final synchronized void stop() {
        if (container != null) {
            container.stop();
            container = null;
            guard.releaseContainer(engine.address(), name);
        }
    }

    @Override
    public final synchronized void restart() {
        requireStarted();
        try {
            container
                    .getDockerClient()
                    .restartContainerCmd(container.getContainerId())
                    .withTimeout((int) stopPatience().toSeconds())
                    .exec();
        } catch (DockerException e) {
            throw FreePorts.saysTaken(e.getMessage())
                    ? FreePorts.taken(kind, endpoint.port(), e)
                    : new BrokerUnavailableException(
                            kind.displayName() + "'s container did not restart (" + rootCause(e)
                                    + "): run again, and a new one is started",
                            e);
        }
        awaitReady(endpoint);
    }

    @Override
    public final synchronized Endpoint endpoint() {
        requireStarted();
        return endpoint;
    }

    @Override
    public final synchronized Capabilities capabilities() {
        requireStarted();
        return new Capabilities(version, true, "", TIMER_PRECISION);
    }

    @Override
    public final synchronized String describe() {
        return kind.displayName() + (version == null ? "" : " " + version) + ", container of " + Images.of(kind);
    }

    private void requireStarted() {
        if (container == null) {
            throw new IllegalStateException(kind.displayName() + " is not started");
        }
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}

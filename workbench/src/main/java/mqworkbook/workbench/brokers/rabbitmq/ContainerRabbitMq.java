package mqworkbook.workbench.brokers.rabbitmq;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.ImagePull;
import mqworkbook.workbench.brokers.docker.Images;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * RabbitMQ in a container, from the image that {@link Images} names, through Testcontainers.
 *
 * <p>Only the AMQP port is published, on 127.0.0.1 and on a fixed port, so that it stays over a restart. The guardian
 * removes the container with the run. {@link #restart()} is the engine's own (SIGTERM).
 */
public final class ContainerRabbitMq implements Broker {

    private static final int AMQP_PORT = 5672;
    /** After this the engine kills it, and the lessons' restarts are not crashes. */
    private static final int STOP_SECONDS = 60;

    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final Duration TIMER_PRECISION = Duration.ofMillis(250);

    /** Without Ryuk, Testcontainers removes its containers when the JVM ends, and complains when it comes second. */
    private static final Duration OTHER_REMOVAL = Duration.ofSeconds(3);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ContainerEngine engine;
    private final Guard guard = Guard.forRun();
    private final String name = "mqworkbook-" + guard.runId() + "-rabbitmq-" + NUMBER.incrementAndGet();
    private RabbitMQContainer container;
    private Endpoint endpoint;
    private String version;

    ContainerRabbitMq(ContainerEngine engine) {
        this.engine = engine;
    }

    @Override
    public BrokerKind kind() {
        return BrokerKind.RABBITMQ;
    }

    @Override
    public synchronized void start() {
        if (container != null) {
            return;
        }
        Images.neededFor(kind())
                .filter(image -> !engine.hasImage(image))
                .forEach(image -> ImagePull.run(engine, image));
        int port = FreePorts.next();
        endpoint = new Endpoint("127.0.0.1", port, "guest", "guest", "/");
        guard.ownContainer(engine.address(), name, Images.withRyuk() ? Duration.ZERO : OTHER_REMOVAL);
        container = container(port);
        try {
            container.start();
            awaitReady();
            ServerCheck.requireSupported(version);
        } catch (ContainerLaunchException | IllegalStateException e) {
            stop();
            throw new BrokerUnavailableException(
                    "RabbitMQ's container did not start from the image " + Images.of(kind()) + " (" + rootCause(e)
                            + "): run with -Dbrokers=local to do without Docker",
                    e);
        } catch (BrokerUnavailableException e) {
            stop();
            throw e;
        }
    }

    private RabbitMQContainer container(int port) {
        DockerImageName image = DockerImageName.parse(Images.of(kind())).asCompatibleSubstituteFor("rabbitmq");
        RabbitMQContainer rabbitMq = new RabbitMQContainer(image);
        rabbitMq.setExposedPorts(List.of(AMQP_PORT));
        rabbitMq.withLabel("mqworkbook.run", guard.runId());
        rabbitMq.withCreateContainerCmdModifier(command -> bind(command, port));
        return rabbitMq;
    }

    private void bind(CreateContainerCmd command, int port) {
        Ports.Binding loopback = Ports.Binding.bindIpAndPort("127.0.0.1", port);
        command.withName(name).getHostConfig().withPortBindings(new PortBinding(loopback, ExposedPort.tcp(AMQP_PORT)));
    }

    private void awaitReady() {
        version = ServerCheck.awaitVersion(endpoint, READY_LIMIT);
    }

    @Override
    public synchronized void stop() {
        if (container != null) {
            container.stop();
            container = null;
            guard.releaseContainer(engine.address(), name);
        }
    }

    @Override
    public synchronized void restart() {
        requireStarted();
        try {
            container
                    .getDockerClient()
                    .restartContainerCmd(container.getContainerId())
                    .withTimeout(STOP_SECONDS)
                    .exec();
        } catch (DockerException e) {
            throw new BrokerUnavailableException("RabbitMQ's container did not restart (" + e.getMessage() + ")", e);
        }
        awaitReady();
    }

    @Override
    public synchronized Endpoint endpoint() {
        requireStarted();
        return endpoint;
    }

    @Override
    public synchronized Capabilities capabilities() {
        requireStarted();
        return new Capabilities(version, true, "", TIMER_PRECISION);
    }

    @Override
    public synchronized String describe() {
        return "RabbitMQ" + (version == null ? "" : " " + version) + ", container of " + Images.of(kind());
    }

    private void requireStarted() {
        if (container == null) {
            throw new IllegalStateException("RabbitMQ is not started");
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

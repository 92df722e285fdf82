package mqworkbook.workbench.brokers.rabbitmq;

import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.docker.ContainerBroker;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/** RabbitMQ in a container; a restart stops it by SIGTERM. */
public final class ContainerRabbitMq extends ContainerBroker {

    private static final int AMQP_PORT = 5672;
    private static final Duration READY_LIMIT = Duration.ofSeconds(120);

    /** After this the engine kills it, and the lessons' restarts are not crashes. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    public ContainerRabbitMq(ContainerEngine engine, IntSupplier ports) {
        super(BrokerKind.RABBITMQ, engine, ports);
    }

    @Override
    protected Blueprint blueprint(IntSupplier ports) {
        DockerImageName image = DockerImageName.parse(Images.of(kind())).asCompatibleSubstituteFor("rabbitmq");
        int port = ports.getAsInt();
        return new Blueprint(
                new RabbitMQContainer(image),
                new Endpoint("127.0.0.1", port, "guest", "guest", "/"),
                Map.of(AMQP_PORT, port));
    }

    @Override
    protected String awaitReady(Endpoint endpoint) {
        return ServerCheck.awaitVersion(endpoint, READY_LIMIT);
    }

    @Override
    protected void requireSupported(String found) {
        ServerCheck.requireSupported(found);
    }

    @Override
    protected Duration stopPatience() {
        return STOP_PATIENCE;
    }
}

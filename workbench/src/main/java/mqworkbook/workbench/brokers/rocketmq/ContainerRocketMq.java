package mqworkbook.workbench.brokers.rocketmq;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.docker.ContainerBroker;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;
import mqworkbook.workbench.brokers.process.Readiness;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * RocketMQ in a container: a name server and one broker, with the times of a local process. The broker's port is the same
 * inside and outside, since clients connect to where the broker says it listens.
 */
public final class ContainerRocketMq extends ContainerBroker {

    private static final int NAME_SERVER_PORT = 9876;
    private static final String CONFIGURATION = "/tmp/broker.conf";
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);

    /** Orderly, both servers would take their time; the log is recovered, as after a crash. */
    private static final Duration STOP_PATIENCE = Duration.ZERO;

    /** Appended to the image's own flags, which are for a machine of its own: 8 GB of heap, touched at the start. */
    private static final String FLAGS = "-Xms256m -Xmx256m -Xmn96m -XX:-AlwaysPreTouch -XX:TieredStopAtLevel=1"
            + " -Dtls.server.mode=disabled -Drocketmq.broker.rebalance.lockMaxLiveTime=3000";

    private static final String BOTH_SERVERS = """
            cd "$ROCKETMQ_HOME/bin"
            sh mqnamesrv &
            until (echo > /dev/tcp/127.0.0.1/9876) 2> /dev/null; do sleep 0.1; done
            exec sh mqbroker -c /tmp/broker.conf
            """;

    private int port;

    public ContainerRocketMq(ContainerEngine engine, IntSupplier ports) {
        super(BrokerKind.ROCKETMQ, engine, ports);
    }

    @Override
    protected Blueprint blueprint(IntSupplier ports) {
        int nameServerPort = ports.getAsInt();
        port = ports.getAsInt();
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(Images.of(kind())))
                .withEnv("JAVA_OPT_EXT", FLAGS)
                .withCopyToContainer(Transferable.of(RocketMqNode.containerConfiguration(port)), CONFIGURATION)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("bash", "-c", BOTH_SERVERS));
        return new Blueprint(
                container,
                new Endpoint("127.0.0.1", nameServerPort, "", "", ""),
                Map.of(NAME_SERVER_PORT, nameServerPort, port, port));
    }

    @Override
    protected String awaitReady(Endpoint endpoint) {
        return Readiness.await(kind(), endpoint, READY_LIMIT, () -> ready(endpoint));
    }

    private String ready(Endpoint endpoint) throws IOException {
        try {
            return RocketMqCheck.version(endpoint);
        } catch (IOException notRegistered) {
            RocketMqCheck.register("127.0.0.1:" + port);
            throw notRegistered;
        }
    }

    @Override
    protected void requireSupported(String found) {
        RocketMqCheck.requireSupported(found);
    }

    @Override
    protected Duration stopPatience() {
        return STOP_PATIENCE;
    }
}

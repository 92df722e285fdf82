package mqworkbook.workbench.brokers.kafka;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.docker.ContainerBroker;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;
import mqworkbook.workbench.brokers.process.Readiness;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka in a container, with the settings of a local process. */
public final class ContainerKafka extends ContainerBroker {

    private static final int PORT = 9092;
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** The container's first process is a shell that ignores SIGTERM, so waiting brings nothing: the log is recovered. */
    private static final Duration STOP_PATIENCE = Duration.ZERO;

    public ContainerKafka(ContainerEngine engine, IntSupplier ports) {
        super(BrokerKind.KAFKA, engine, ports);
    }

    @Override
    protected Blueprint blueprint(IntSupplier ports) {
        int port = ports.getAsInt();
        KafkaContainer kafka =
                new KafkaContainer(DockerImageName.parse(Images.of(kind())).asCompatibleSubstituteFor("apache/kafka"));
        KafkaNode.tuning().forEach((key, value) -> kafka.withEnv(variable(key), value));
        return new Blueprint(kafka, new Endpoint("127.0.0.1", port, "", "", ""), Map.of(PORT, port));
    }

    /** As the image's entry point reads it: {@code group.id} is {@code KAFKA_GROUP_ID}. */
    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    protected String awaitReady(Endpoint endpoint) {
        return Readiness.await(kind(), endpoint, READY_LIMIT, () -> KafkaCheck.version(endpoint));
    }

    @Override
    protected void requireSupported(String found) {
        KafkaCheck.requireSupported(found);
    }

    @Override
    protected Duration stopPatience() {
        return STOP_PATIENCE;
    }
}

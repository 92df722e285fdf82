package mqworkbook.workbench.brokers.redis;

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
import org.testcontainers.utility.DockerImageName;

/** Redis in a container, with an append-only file as in a local process. */
public final class ContainerRedis extends ContainerBroker {

    private static final int PORT = 6379;
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    public ContainerRedis(ContainerEngine engine, IntSupplier ports) {
        super(BrokerKind.REDIS, engine, ports);
    }

    @Override
    protected Blueprint blueprint(IntSupplier ports) {
        int port = ports.getAsInt();
        GenericContainer<?> redis = new GenericContainer<>(DockerImageName.parse(Images.of(kind())))
                .withCommand("redis-server", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec");
        return new Blueprint(redis, new Endpoint("127.0.0.1", port, "", "", ""), Map.of(PORT, port));
    }

    @Override
    protected String awaitReady(Endpoint endpoint) {
        return Readiness.await(
                kind(), endpoint, READY_LIMIT, () -> RedisInfo.server(endpoint).getProperty("redis_version"));
    }

    @Override
    protected void requireSupported(String found) {
        RedisVersion.requireSupported(found);
    }

    @Override
    protected Duration stopPatience() {
        return STOP_PATIENCE;
    }
}

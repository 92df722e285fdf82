package mqworkbook.workbench.brokers.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.jvm.JvmServer;
import mqworkbook.workbench.brokers.jvm.ServerJvm;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.LocalBroker;
import mqworkbook.workbench.brokers.process.LocalServer;

/** Kafka as a private child process: one node, in a JVM of its own. */
public final class LocalKafka extends LocalBroker {

    private static final long DISK_NEEDED = 100_000_000;

    private final ServerJvm jvm;

    public LocalKafka() {
        this(FreePorts::next);
    }

    /** A broker on ports of these. */
    public LocalKafka(IntSupplier ports) {
        this(UserCache.ofUser(), ports);
    }

    private LocalKafka(UserCache cache, IntSupplier ports) {
        super(BrokerKind.KAFKA, ports);
        this.jvm = new ServerJvm(
                BrokerKind.KAFKA,
                "mqworkbook.servers.kafka.KafkaMain",
                List.of("-Xmx256m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                cache);
    }

    @Override
    public void prepare() {
        jvm.prepare(folder -> KafkaNode.configure(folder, FreePorts.next(), FreePorts.next()));
    }

    @Override
    public boolean isPrepared() {
        return jvm.isPrepared();
    }

    @Override
    protected long diskNeeded() {
        return DISK_NEEDED;
    }

    @Override
    protected LocalServer server(Path folder, IntSupplier ports) {
        int port = ports.getAsInt();
        int controllerPort = ports.getAsInt();
        return new JvmServer(
                jvm,
                home -> KafkaNode.configure(home, port, controllerPort),
                folder,
                new Endpoint("127.0.0.1", port, "", "", ""),
                jvm.version("kafka_2.13"));
    }

    @Override
    protected void requireSupported(String version) {
        // The build has chosen it.
    }

    @Override
    protected Duration timerPrecision() {
        return Duration.ofMillis(500);
    }
}

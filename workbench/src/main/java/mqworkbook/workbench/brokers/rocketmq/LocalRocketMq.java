package mqworkbook.workbench.brokers.rocketmq;

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

/**
 * RocketMQ as a private child process: a name server and one broker, in one JVM. The endpoint is the name server's, which
 * tells clients where the broker is.
 */
public final class LocalRocketMq extends LocalBroker {

    private static final long DISK_NEEDED = 150_000_000;

    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            // Else the broker makes itself a certificate, which takes it a second.
            "-Dtls.server.mode=disabled",
            "-Dtls.enable=false",
            // A crashed consumer keeps its queues locked that long; longer than a client keeps them (ClientTimes).
            "-Drocketmq.broker.rebalance.lockMaxLiveTime=3000");

    private final ServerJvm jvm;

    public LocalRocketMq() {
        this(UserCache.ofUser(), FreePorts::next);
    }

    /** A broker on ports of these. */
    public LocalRocketMq(IntSupplier ports) {
        this(UserCache.ofUser(), ports);
    }

    private LocalRocketMq(UserCache cache, IntSupplier ports) {
        super(BrokerKind.ROCKETMQ, ports);
        this.jvm = new ServerJvm(BrokerKind.ROCKETMQ, "mqworkbook.servers.rocketmq.RocketMqMain", FLAGS, cache);
    }

    @Override
    public void prepare() {
        jvm.prepare(folder -> RocketMqNode.configure(folder, FreePorts.next(), FreePorts.next()));
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
        int nameServerPort = ports.getAsInt();
        int port = ports.getAsInt();
        return new JvmServer(
                jvm,
                home -> RocketMqNode.configure(home, nameServerPort, port),
                folder,
                new Endpoint("127.0.0.1", nameServerPort, "", "", ""),
                jvm.version("rocketmq-broker"));
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

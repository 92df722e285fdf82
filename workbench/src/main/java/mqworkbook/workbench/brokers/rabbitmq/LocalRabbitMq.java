package mqworkbook.workbench.brokers.rabbitmq;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.LocalBroker;
import mqworkbook.workbench.brokers.process.LocalServer;

/** RabbitMQ as a private child process; a restart stops it as {@code rabbitmqctl stop} does and keeps its node name. */
public final class LocalRabbitMq extends LocalBroker {

    private static final Duration TIMER_PRECISION = Duration.ofMillis(100);

    /** Below 50 MB the server would block every publisher; a run writes some 20 MB. */
    private static final long DISK_NEEDED = 100_000_000;

    private final UserCache cache;
    private RabbitMqInstallation installation;
    private ServerTree tree;

    public LocalRabbitMq() {
        this(FreePorts::next);
    }

    /** A broker on ports of these. */
    public LocalRabbitMq(IntSupplier ports) {
        this(UserCache.ofUser(), ports);
    }

    public LocalRabbitMq(UserCache cache) {
        this(cache, FreePorts::next);
    }

    private LocalRabbitMq(UserCache cache, IntSupplier ports) {
        super(BrokerKind.RABBITMQ, ports);
        this.cache = cache;
    }

    @Override
    public void prepare() {
        installation = RabbitMqInstallation.locate(cache);
        requireSupported(installation.version());
        tree = ServerTree.of(installation, cache);
    }

    @Override
    public boolean isPrepared() {
        return RabbitMqInstallation.isPresent(cache);
    }

    @Override
    protected long diskNeeded() {
        return DISK_NEEDED;
    }

    @Override
    protected LocalServer server(Path folder, IntSupplier ports) {
        return new Node(folder, tree, installation.erlang(), ports.getAsInt());
    }

    @Override
    protected void requireSupported(String version) {
        ServerCheck.requireSupported(version);
    }

    @Override
    protected Duration timerPrecision() {
        return TIMER_PRECISION;
    }
}

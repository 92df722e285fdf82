package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.guard.RunFolder;
import mqworkbook.workbench.brokers.process.DiskSpace;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.ServerProcess;

/**
 * RabbitMQ as a private child process: own data, own port on 127.0.0.1, nothing else listening, gone with the run.
 *
 * <p>{@link #restart()} stops the server as {@code rabbitmqctl stop} does and keeps node name, port and durable data.
 */
public final class LocalRabbitMq implements Broker {

    private static final int PORTS_TO_TRY = 5;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration TIMER_PRECISION = Duration.ofMillis(100);

    /** Below 50 MB the server would block every publisher; a run writes some 20 MB. */
    private static final long DISK_NEEDED = 100_000_000;

    private final UserCache cache;
    private final IntSupplier ports;
    private final Guard guard = Guard.forRun();
    private RunFolder folder;
    private RabbitMqInstallation installation;
    private ServerTree tree;
    private Node node;
    private Endpoint endpoint;
    private ServerProcess process;
    private String version;

    public LocalRabbitMq() {
        this(UserCache.ofUser());
    }

    public LocalRabbitMq(UserCache cache) {
        this(cache, FreePorts::next);
    }

    LocalRabbitMq(UserCache cache, IntSupplier ports) {
        this.cache = cache;
        this.ports = ports;
    }

    @Override
    public BrokerKind kind() {
        return BrokerKind.RABBITMQ;
    }

    @Override
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        installation = RabbitMqInstallation.locate(cache);
        ServerCheck.requireSupported(installation.version());
        tree = ServerTree.of(installation, cache);
        folder = guard.newFolder("rabbitmq");
        try {
            DiskSpace.require(folder.path(), DISK_NEEDED);
            startOnFreePort();
            ServerCheck.requireSupported(version);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void startOnFreePort() {
        for (int attempt = 1; ; attempt++) {
            int port = ports.getAsInt();
            node = new Node(folder.path().resolve("node" + attempt), "workbook" + port + "_" + guard.runId(), port);
            endpoint = new Endpoint("127.0.0.1", port, "guest", "guest", "/");
            try {
                launch();
                return;
            } catch (PortTakenException e) {
                if (attempt == PORTS_TO_TRY) {
                    throw e.forLearner();
                }
            }
        }
    }

    private void launch() throws PortTakenException {
        try {
            node.prepare();
            process = ServerProcess.start(guard, node.command(tree, installation.erlang()), node.console());
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "RabbitMQ " + installation.version() + " cannot be started from " + installation.home() + " ("
                            + e.getMessage() + ")",
                    e);
        }
        version = new Boot(process, node).await(endpoint);
    }

    @Override
    public synchronized void stop() {
        if (process != null) {
            process.stop(STOP_PATIENCE);
            process = null;
        }
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }

    @Override
    public synchronized void restart() {
        requireStarted();
        process.stopBy(Node.STOP, STOP_PATIENCE);
        try {
            launch();
        } catch (PortTakenException e) {
            throw e.forLearner();
        }
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
        return "RabbitMQ" + (version == null ? "" : " " + version) + ", local process";
    }

    private void requireStarted() {
        if (process == null) {
            throw new IllegalStateException("RabbitMQ is not started");
        }
    }
}

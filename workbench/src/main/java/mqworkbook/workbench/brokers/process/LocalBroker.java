package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.guard.RunFolder;

/**
 * A broker as a private child process: own data, own ports on 127.0.0.1, nothing else listening, gone with the run.
 *
 * <p>{@link #restart()} stops the server in good order and keeps its ports and its durable data.
 */
public abstract class LocalBroker implements Broker {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final BrokerKind kind;
    private final IntSupplier ports;
    private final Guard guard = Guard.forRun();
    private RunFolder folder;
    private LocalServer server;
    private ServerProcess process;
    private String version;

    protected LocalBroker(BrokerKind kind, IntSupplier ports) {
        this.kind = kind;
        this.ports = ports;
    }

    /**
     * Fetches and makes what is needed once, with a line on standard output that says so.
     *
     * @throws BrokerUnavailableException when it cannot run here, with the command that helps
     */
    public abstract void prepare();

    /** Whether {@link #prepare} would have nothing to do. */
    public abstract boolean isPrepared();

    /** What it is made of, there or not; fetches nothing. */
    public abstract List<Supply> supplies();

    /** Room that a run needs for its data, in bytes. */
    protected abstract long diskNeeded();

    /**
     * A server that was never started.
     *
     * @param folder for all its files; does not exist yet
     * @param ports gives a free port with each call
     */
    protected abstract LocalServer server(Path folder, IntSupplier ports);

    /** Throws {@link BrokerUnavailableException} when the lessons do not hold for that version. */
    protected abstract void requireSupported(String version);

    /** How far off a timer of the broker may be, late or early. */
    protected abstract Duration timerPrecision();

    @Override
    public final BrokerKind kind() {
        return kind;
    }

    @Override
    public final synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        prepare();
        folder = guard.newFolder(kind.name().toLowerCase(Locale.ROOT));
        try {
            DiskSpace.require(folder.path(), diskNeeded());
            startOnFreePorts();
            requireSupported(version);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void startOnFreePorts() {
        for (int attempt = 1; ; attempt++) {
            server = server(folder.path().resolve("server" + attempt), ports);
            try {
                launch();
                return;
            } catch (PortTakenException e) {
                if (attempt == FreePorts.TO_TRY) {
                    throw e.forLearner();
                }
            }
        }
    }

    private void launch() throws PortTakenException {
        try {
            process = ServerProcess.start(guard, server.command(), server.console());
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            throw said.toLowerCase(Locale.ROOT).contains("no space left")
                    ? DiskSpace.full(server.folder())
                    : new BrokerUnavailableException(kind.displayName() + " cannot be started (" + said + ")", e);
        }
        version = new Boot(kind, server, process).await();
    }

    @Override
    public final synchronized void stop() {
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
    public final synchronized void restart() {
        requireStarted();
        process.stopBy(LocalServer.STOP, STOP_PATIENCE);
        try {
            launch();
        } catch (PortTakenException e) {
            throw e.forLearner();
        }
    }

    @Override
    public final synchronized Endpoint endpoint() {
        requireStarted();
        return server.endpoint();
    }

    @Override
    public final synchronized Capabilities capabilities() {
        requireStarted();
        return new Capabilities(version, true, "", timerPrecision());
    }

    @Override
    public final synchronized String describe() {
        return kind.displayName() + (version == null ? "" : " " + version) + ", local process";
    }

    private void requireStarted() {
        if (process == null) {
            throw new IllegalStateException(kind.displayName() + " is not started");
        }
    }
}

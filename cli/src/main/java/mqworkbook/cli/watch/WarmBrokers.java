package mqworkbook.cli.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import mqworkbook.cli.keep.KeeperProcess;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.kept.Keeper;
import mqworkbook.workbench.brokers.kept.KeeperCalls;

/**
 * Brokers that stay up from run to run: those of {@code ./workbook brokers up} where all that are needed run there, else
 * those of a keeper that ends with this process, however it ends.
 */
final class WarmBrokers implements AutoCloseable {

    private static final int PARTING_SECONDS = 10;

    private final Path folder;
    private final Map<String, String> properties;
    private final List<BrokerKind> kinds;
    private final boolean borrowed;
    private final Map<BrokerKind, CompletableFuture<?>> started = new EnumMap<>(BrokerKind.class);
    private final ExecutorService calls = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "warm-brokers");
        thread.setDaemon(true);
        return thread;
    });
    private Process keeper;

    /**
     * Starts nothing yet.
     *
     * @param state the workbook's state folder
     * @param folder the state folder of a keeper of its own
     * @param properties system properties of the runs, which say what brokers are wanted
     */
    WarmBrokers(Path state, Path folder, Map<String, String> properties, List<BrokerKind> kinds) {
        this.folder = folder;
        this.properties = properties;
        // Somebody else's brokers are up anyway.
        this.kinds = kinds.stream().filter(kind -> !isExternal(kind)).toList();
        this.borrowed = Boolean.parseBoolean(properties.getOrDefault(Keeper.PROPERTY, "true"))
                && KeeperCalls.in(state).filter(this::hasAll).isPresent();
    }

    private static boolean isExternal(BrokerKind kind) {
        try {
            return Brokers.forRun().choice(kind).way() == Way.EXTERNAL;
        } catch (BrokerUnavailableException e) {
            // The run tells it, and what mends it.
            return false;
        }
    }

    private boolean hasAll(KeeperCalls shared) {
        try {
            KeeperCalls.View view = shared.look();
            return view.holder().isEmpty() && view.running().keySet().containsAll(kinds);
        } catch (BrokerUnavailableException hangs) {
            return false;
        }
    }

    /**
     * Sees to it that they run or are starting: a run that asks for one waits for it.
     *
     * @return the properties with which a run finds them
     */
    Map<String, String> keepUp() {
        if (borrowed || kinds.isEmpty()) {
            return Map.of();
        }
        if (keeper == null || !keeper.isAlive()) {
            keeper = KeeperProcess.startAttached(folder, properties);
            started.clear();
        }
        Optional<KeeperCalls> listed = KeeperCalls.in(folder);
        listed.ifPresent(keeperCalls -> kinds.forEach(kind -> keepUp(keeperCalls, kind)));
        return Map.of(Keeper.PROPERTY, "true", Keeper.FOLDER_PROPERTY, folder.toString());
    }

    /** One that runs is looked after when it is lent; one that could not be started is tried again. */
    private void keepUp(KeeperCalls keeperCalls, BrokerKind kind) {
        CompletableFuture<?> start = started.get(kind);
        if (start == null || start.isCompletedExceptionally()) {
            started.put(kind, CompletableFuture.runAsync(() -> keeperCalls.start(kind), calls));
        }
    }

    /** Ends those that are its own. */
    @Override
    public void close() {
        if (keeper == null) {
            return;
        }
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(PARTING_SECONDS, TimeUnit.SECONDS)) {
                keeper.destroyForcibly();
            }
        } catch (IOException e) {
            keeper.destroyForcibly();
        } catch (InterruptedException e) {
            keeper.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package mqworkbook.workbench.brokers;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.kept.KeptBrokers;

/**
 * The brokers of this run: each kind is chosen and started at most once, several kinds in parallel, and one line per
 * kind says on standard output what was chosen and why.
 *
 * <p>Nothing has to be stopped: the run's guardian ends brokers when the JVM ends, also those still starting.
 */
public final class Brokers {

    /** Pulling an image or unpacking packages over a slow network included. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final class Holder {
        static final Brokers INSTANCE =
                new Brokers(new Selection(ContainerEngine::detect), Providers.all(), KeptBrokers.ofWorkbook());
    }

    private final Selection selection;
    private final KeptBrokers kept;
    private final Map<BrokerKind, Provider> providers = new EnumMap<>(BrokerKind.class);
    private final Map<BrokerKind, CompletableFuture<Broker>> started = new EnumMap<>(BrokerKind.class);
    private final ExecutorService starters = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "broker-start");
        // The end of the JVM does not wait for a broker that is still starting.
        thread.setDaemon(true);
        return thread;
    });

    Brokers(Selection selection, List<Provider> providers, KeptBrokers kept) {
        this.selection = selection;
        this.kept = kept;
        providers.forEach(provider -> this.providers.put(provider.kind(), provider));
    }

    /** The brokers of this JVM. */
    public static Brokers forRun() {
        return Holder.INSTANCE;
    }

    /** Begins to choose and start these kinds, and returns at once; failures are told by {@link #require}. */
    public void startInBackground(BrokerKind... kinds) {
        for (BrokerKind kind : kinds) {
            starting(kind);
        }
    }

    /**
     * The running broker of that kind, started now if it was not before; waits until clients can use it.
     *
     * @throws BrokerUnavailableException one sentence with the command that mends it; the same at each call
     */
    public Broker require(BrokerKind kind) {
        try {
            return starting(kind).get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unavailable(kind, e.getCause());
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException(
                    kind.displayName() + " did not start within " + START_LIMIT.toMinutes() + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("Waiting for " + kind.displayName() + " was interrupted", e);
        }
    }

    /**
     * What would be chosen here and why; starts nothing, answers in less than two seconds.
     *
     * @throws BrokerUnavailableException when there is no way to have it, with the command that mends it
     */
    public Choice choice(BrokerKind kind) {
        Provider provider = provider(kind);
        return mayBeKept(provider)
                ? kept.look(kind, Way.forced()).orElseGet(() -> selection.choose(provider))
                : selection.choose(provider);
    }

    /**
     * Chooses and starts one more broker of that kind, which nobody else in this JVM gets.
     *
     * @throws BrokerUnavailableException when it cannot be had, with the command that mends it
     */
    public Started startAnother(BrokerKind kind) {
        Provider provider = provider(kind);
        Choice choice = selection.choose(provider);
        Broker broker = selection.open(provider, choice);
        broker.start();
        return new Started(choice, broker);
    }

    private synchronized CompletableFuture<Broker> starting(BrokerKind kind) {
        return started.computeIfAbsent(
                kind, absent -> CompletableFuture.supplyAsync(() -> chooseAndStart(absent), starters));
    }

    private Broker chooseAndStart(BrokerKind kind) {
        Started started = borrow(provider(kind)).orElseGet(() -> startAnother(kind));
        System.out.println(started.describe());
        return started.broker();
    }

    private Optional<Started> borrow(Provider provider) {
        return mayBeKept(provider) ? kept.borrow(provider.kind(), Way.forced()) : Optional.empty();
    }

    /** An address that the learner gave is meant. */
    private static boolean mayBeKept(Provider provider) {
        return Way.forced().isPresent() || !provider.hasExternalAddress();
    }

    private Provider provider(BrokerKind kind) {
        Provider provider = providers.get(kind);
        if (provider == null) {
            throw new BrokerUnavailableException("The workbook has no lesson for " + kind.displayName() + " yet");
        }
        return provider;
    }

    /** A new exception each time, so that its stack is the caller's. */
    private static BrokerUnavailableException unavailable(BrokerKind kind, Throwable cause) {
        return cause instanceof BrokerUnavailableException
                ? new BrokerUnavailableException(cause.getMessage(), cause)
                : new BrokerUnavailableException(kind.displayName() + " did not start: " + cause, cause);
    }
}

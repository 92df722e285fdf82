package mqworkbook.workbench.brokers;

import java.util.Optional;
import java.util.function.Supplier;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.process.FreePorts;

/**
 * Decides for each kind how it is run: the forced way, or else, in this order, the address that the learner gave, a
 * container whose image is present, a local process, a container whose image has to be pulled.
 */
final class Selection {

    /** An engine on a busy machine may be late; one that is not there costs no time. */
    private static final int FORCED_TRIES = 8;

    private final Supplier<Optional<ContainerEngine>> detection;
    private Optional<ContainerEngine> engine;
    private Optional<String> obstacle = Optional.empty();
    private boolean triedHard;

    Selection(Supplier<Optional<ContainerEngine>> detection) {
        this.detection = detection;
    }

    /**
     * Decides without starting anything, in less than two seconds.
     *
     * @throws BrokerUnavailableException with the mending command when there is no way
     */
    Choice choose(Provider provider) {
        Optional<Way> forced = Way.forced();
        if (forced.isEmpty()) {
            return chooseFreely(provider);
        }
        Way way = forced.get();
        if (way == Way.DOCKER && engineForced().isEmpty()) {
            throw new BrokerUnavailableException("-Dbrokers=docker, but "
                    + obstacle.orElseGet(() -> "no Docker engine answers at " + ContainerEngine.lookedAt()
                            + ": start Docker, or run with -Dbrokers=local"));
        }
        if (way == Way.LOCAL) {
            provider.localObstacle().ifPresent(notLocal -> {
                throw new BrokerUnavailableException("-Dbrokers=local, but " + notLocal);
            });
        }
        if (way == Way.EXTERNAL) {
            return new Choice(provider.kind(), way, "-Dbrokers=external, " + provider.externalAddress());
        }
        return new Choice(provider.kind(), way, "-Dbrokers=" + way);
    }

    /** The broker of that choice, not started. */
    Broker open(Provider provider, Choice choice) {
        return switch (choice.way()) {
            case DOCKER -> provider.container(engine().orElseThrow(), FreePorts::next);
            case LOCAL -> provider.local(FreePorts::next);
            case EXTERNAL -> provider.external();
        };
    }

    private Choice chooseFreely(Provider provider) {
        BrokerKind kind = provider.kind();
        if (provider.hasExternalAddress()) {
            return new Choice(kind, Way.EXTERNAL, provider.externalAddress() + " is set");
        }
        if (engine().filter(provider::ready).isPresent()) {
            return new Choice(kind, Way.DOCKER, "Docker has the image " + provider.image());
        }
        Optional<String> notLocal = provider.localObstacle();
        if (notLocal.isEmpty()) {
            String why = engine().isPresent() ? "Docker answers, but has no image " + provider.image() : noEngine();
            return new Choice(kind, Way.LOCAL, why);
        }
        if (engine().isPresent()) {
            return new Choice(kind, Way.DOCKER, "there is no local " + kind.displayName() + " here");
        }
        throw new BrokerUnavailableException(notLocal.get() + "; or start Docker (" + noEngine()
                + "); or name a broker that runs elsewhere with " + provider.externalExample());
    }

    private synchronized Optional<ContainerEngine> engine() {
        if (engine == null) {
            Optional<ContainerEngine> found = detection.get();
            obstacle = found.flatMap(ContainerEngine::obstacle);
            engine = obstacle.isPresent() ? Optional.empty() : found;
        }
        return engine;
    }

    private synchronized Optional<ContainerEngine> engineForced() {
        for (int i = 1; !triedHard && i < FORCED_TRIES && engine().isEmpty() && obstacle.isEmpty(); i++) {
            engine = null;
        }
        // One that kept silent for this kind is not asked again for the next.
        triedHard = true;
        return engine();
    }

    /** After {@link #engine()} was empty. */
    private String noEngine() {
        return obstacle.orElse("no Docker engine answers here");
    }
}

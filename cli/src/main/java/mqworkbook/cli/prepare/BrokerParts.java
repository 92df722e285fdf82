package mqworkbook.cli.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;

/**
 * What one kind of broker needs, by each way that may be chosen here: a class's laptop whose Docker is not started one
 * morning has its local process, and the other way round.
 */
public final class BrokerParts {

    private BrokerParts() {}

    /** The parts, none where somebody else runs the broker. */
    public static List<Part> of(BrokerKind kind, Optional<Pack> pack) {
        Provider provider = Readiness.provider(kind);
        Optional<Way> forced = Way.forced();
        List<Part> parts = new ArrayList<>();
        if (provider.hasExternalAddress() && forced.isEmpty() || forced.equals(Optional.of(Way.EXTERNAL))) {
            return parts;
        }
        Optional<ContainerEngine> engine = forced.equals(Optional.of(Way.LOCAL)) ? Optional.empty() : Engine.current();
        engine.flatMap(found -> image(kind, found, pack)).ifPresent(parts::add);
        if (!forced.equals(Optional.of(Way.DOCKER))) {
            boolean packed = pack.filter(from -> from.hasServer(kind)).isPresent();
            // Where a container will do, there is no need to speak of what cannot be had.
            if (engine.isEmpty() || packed || provider.localObstacle().isEmpty()) {
                parts.add(new LocalServerPart(provider, pack));
            }
        }
        return parts;
    }

    /** Testcontainers' cleaner, which runs from an IDE use; those of the launcher and of Maven do without. */
    public static Optional<Part> cleaner(Optional<Pack> pack) {
        return Engine.current().flatMap(engine -> image("Docker", Images.ryuk(), engine, pack));
    }

    private static Optional<Part> image(BrokerKind kind, ContainerEngine engine, Optional<Pack> pack) {
        return image(kind.displayName(), Images.of(kind), engine, pack);
    }

    /** With a pack there is no network to pull from. */
    private static Optional<Part> image(String name, String image, ContainerEngine engine, Optional<Pack> pack) {
        return pack.isEmpty()
                ? Optional.of(new PulledImage(name, engine, image))
                : pack.get().image(name, image, engine);
    }
}

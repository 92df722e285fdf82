package mqworkbook.cli.prepare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.cache.UserCache;

/**
 * What a broker needs to run as a local process.
 *
 * @param pack may bring the server; empty for the network
 */
record LocalServerPart(Provider provider, Optional<Pack> pack) implements Part {

    @Override
    public String name() {
        return provider.kind().displayName();
    }

    @Override
    public Optional<String> present() {
        return provider.isLocalPrepared() ? Optional.of(words()) : Optional.empty();
    }

    @Override
    public Optional<Path> target() {
        return Optional.of(UserCache.ofUser().root());
    }

    @Override
    public String make() {
        pack.ifPresent(from -> from.unpackServer(provider.kind(), UserCache.ofUser()));
        provider.localObstacle().ifPresent(reason -> {
            throw new BrokerUnavailableException(reason);
        });
        provider.prepareLocal();
        return words();
    }

    private String words() {
        return "local process: " + words(provider.localSupplies());
    }

    static String words(List<Supply> supplies) {
        return supplies.stream()
                .flatMap(supply -> supply.found().stream().map(found -> supply.name() + " " + found))
                .collect(Collectors.joining("; "));
    }
}

package mqworkbook.workbench.brokers.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Providers;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** One kind of broker in the way that is tested now; JUnit closes it when the class's tests of that kind are over. */
final class Subject implements AutoCloseable {

    private final Provider provider;
    private Stand shared;

    private Subject(Provider provider) {
        this.provider = provider;
    }

    /** All kinds that there are. */
    static final class Each implements ArgumentsProvider {

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return Providers.all().stream().map(provider -> Arguments.of(new Subject(provider)));
        }
    }

    /** How brokers are run in this test run. */
    static Way way() {
        return Way.valueOf(System.getProperty("brokers", "local").toUpperCase(Locale.ROOT));
    }

    BrokerKind kind() {
        return provider.kind();
    }

    /** A broker that the tests of this class and kind share, and leave running. */
    Stand shared() {
        if (shared == null) {
            shared = start(FreePorts::next);
        }
        return shared;
    }

    /** A broker of its own, on ports of these. */
    Stand start(IntSupplier ports) {
        return way() == Way.EXTERNAL ? Stand.external(provider, provider.local(ports)) : Stand.of(notStarted(ports));
    }

    /** A broker of ours that nobody has started. */
    Broker notStarted(IntSupplier ports) {
        return way() == Way.DOCKER
                ? provider.container(ContainerEngine.detect().orElseThrow(), ports)
                : provider.local(ports);
    }

    /** Leaves the test out in other ways. */
    static void onlyLocal(String reason) {
        assumeTrue(way() == Way.LOCAL, reason);
    }

    /** Leaves the test out for a broker that somebody else runs. */
    static void onlyOurs() {
        assumeTrue(way() != Way.EXTERNAL, "somebody else's broker is left alone");
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }

    @Override
    public String toString() {
        return kind().displayName() + " " + way().phrase();
    }
}

package mqworkbook.workbench.brokers;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;
import mqworkbook.workbench.brokers.external.ExternalAddress;
import mqworkbook.workbench.brokers.external.ExternalBroker;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.LocalBroker;

/**
 * A kind of broker with its three ways, put together from their constructors.
 *
 * @param inContainer a broker in a container of that engine
 * @param obstacle why there can be no local process here; empty when there can
 * @param asProcess a broker as a local process
 * @param setting where the address of somebody else's broker stands
 * @param elsewhere the broker at such an address
 */
record StandardProvider(
        BrokerKind kind,
        BiFunction<ContainerEngine, IntSupplier, Broker> inContainer,
        Supplier<Optional<String>> obstacle,
        Function<IntSupplier, LocalBroker> asProcess,
        ExternalAddress setting,
        Function<String, ExternalBroker> elsewhere)
        implements Provider {

    @Override
    public String image() {
        return Images.of(kind);
    }

    @Override
    public boolean ready(ContainerEngine engine) {
        return Images.neededFor(kind).allMatch(engine::hasImage);
    }

    @Override
    public Broker container(ContainerEngine engine, IntSupplier ports) {
        return inContainer.apply(engine, ports);
    }

    @Override
    public Optional<String> localObstacle() {
        return obstacle.get();
    }

    @Override
    public boolean isLocalPrepared() {
        return asProcess.apply(FreePorts::next).isPrepared();
    }

    @Override
    public void prepareLocal() {
        asProcess.apply(FreePorts::next).prepare();
    }

    @Override
    public Broker local(IntSupplier ports) {
        return asProcess.apply(ports);
    }

    @Override
    public boolean hasExternalAddress() {
        return setting.isGiven();
    }

    @Override
    public String externalAddress() {
        return elsewhere.apply(setting.value()).address();
    }

    @Override
    public String externalExample() {
        return setting.asSwitch();
    }

    @Override
    public Broker external() {
        return elsewhere.apply(setting.value());
    }
}

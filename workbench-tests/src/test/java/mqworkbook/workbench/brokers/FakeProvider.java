package mqworkbook.workbench.brokers;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.docker.ContainerEngine;

/** A provider whose circumstances a test chooses, and whose brokers only count their starts. */
final class FakeProvider implements Provider {

    final AtomicInteger starts = new AtomicInteger();
    boolean imagePresent;
    Optional<String> obstacle = Optional.empty();
    String address;
    RuntimeException failure;

    @Override
    public BrokerKind kind() {
        return BrokerKind.RABBITMQ;
    }

    @Override
    public String image() {
        return "fake:1.0";
    }

    @Override
    public boolean ready(ContainerEngine engine) {
        return imagePresent;
    }

    @Override
    public Broker container(ContainerEngine engine, IntSupplier ports) {
        return new FakeBroker();
    }

    @Override
    public Optional<String> localObstacle() {
        return obstacle;
    }

    @Override
    public boolean isLocalPrepared() {
        return true;
    }

    @Override
    public void prepareLocal() {}

    @Override
    public Broker local(IntSupplier ports) {
        return new FakeBroker();
    }

    @Override
    public boolean hasExternalAddress() {
        return address != null;
    }

    @Override
    public String externalAddress() {
        if (address == null) {
            throw new BrokerUnavailableException("add " + externalExample());
        }
        return address;
    }

    @Override
    public String externalExample() {
        return "-Dfake=address";
    }

    @Override
    public Broker external() {
        return new FakeBroker();
    }

    private final class FakeBroker implements Broker {

        @Override
        public BrokerKind kind() {
            return BrokerKind.RABBITMQ;
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("127.0.0.1", 1, "", "", "");
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities("1.2.3", true, "", Duration.ZERO);
        }

        @Override
        public String describe() {
            return "fake";
        }

        @Override
        public void start() {
            starts.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void stop() {}

        @Override
        public void restart() {}
    }
}

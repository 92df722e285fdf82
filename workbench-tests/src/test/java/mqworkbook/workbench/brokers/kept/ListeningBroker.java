package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;

/** A broker that only listens, and counts. */
final class ListeningBroker implements Broker {

    final AtomicInteger restarts = new AtomicInteger();
    private final BrokerKind kind;
    private final ServerSocket server;

    ListeningBroker(BrokerKind kind) {
        this.kind = kind;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isStopped() {
        return server.isClosed();
    }

    @Override
    public BrokerKind kind() {
        return kind;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getLocalPort(), "guest", "secret", "/");
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("1.2.3", true, "", Duration.ofMillis(50));
    }

    @Override
    public String describe() {
        return kind.displayName() + " 1.2.3, local process";
    }

    @Override
    public void start() {}

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restart() {
        restarts.incrementAndGet();
    }
}

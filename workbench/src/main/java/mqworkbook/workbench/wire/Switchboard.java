package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A relay's ports, one for each broker address behind it, and the connections that live. */
final class Switchboard implements Detours {

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<InetSocketAddress, InetSocketAddress> around = new HashMap<>();
    private final List<Acceptor> detours = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong admitted = new AtomicLong();
    private final Supplier<InetSocketAddress> target;
    private final Protocol protocol;
    private final Faults faults;
    private final Sight sight;
    private final RelayThreads threads;
    private final Acceptor main;
    private volatile boolean closed;

    Switchboard(Supplier<InetSocketAddress> target, Protocol protocol, Faults faults, Sight sight, RelayThreads threads)
            throws IOException {
        this.target = target;
        this.protocol = protocol;
        this.faults = faults;
        this.sight = sight;
        this.threads = threads;
        this.main = new Acceptor(client -> admit(client, target));
    }

    void start() {
        threads.start("", main::accept);
    }

    InetSocketAddress address() {
        return main.address();
    }

    long admitted() {
        return admitted.get();
    }

    int open() {
        return (int) connections.stream().filter(RelayedConnection::isInUse).count();
    }

    void cutAll(String reason) {
        connections.forEach(connection -> connection.cut(reason));
    }

    void cutTorn(String reason) {
        connections.stream()
                .filter(connection -> connection.isTorn() || connection.isMute())
                .forEach(connection -> connection.cut(reason));
    }

    @Override
    public synchronized InetSocketAddress around(InetSocketAddress advertised) {
        if (closed) {
            return advertised;
        }
        // Remembered, because the target cannot always be asked: not while the broker is down.
        return around.computeIfAbsent(
                advertised, broker -> broker.equals(target.get()) ? main.address() : detour(broker));
    }

    private InetSocketAddress detour(InetSocketAddress advertised) {
        try {
            Acceptor acceptor = new Acceptor(client -> admit(client, () -> resolved(advertised)));
            detours.add(acceptor);
            threads.start(" for " + advertised.getHostString() + ":" + advertised.getPort(), acceptor::accept);
            return acceptor.address();
        } catch (IOException e) {
            throw new UncheckedIOException("No loopback port for " + advertised, e);
        }
    }

    /** A name that nobody knew when it was advertised may be known by now. */
    private static InetSocketAddress resolved(InetSocketAddress address) {
        return address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    }

    /** Frees the ports, cuts everything and joins all threads. Closing again changes nothing. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            main.close();
            detours.forEach(Acceptor::close);
        } finally {
            connections.forEach(RelayedConnection::close);
            threads.join(CLOSE_NANOS);
        }
    }

    private void admit(Socket client, Supplier<InetSocketAddress> broker) {
        RelayedConnection connection =
                new RelayedConnection(numbers.incrementAndGet(), client, connections, faults, sight);
        // Asked after it was registered: whoever sets one of these and then cuts all finds it among the connections.
        if (closed || faults.isRefusing()) {
            connection.refuse();
            return;
        }
        admitted.incrementAndGet();
        String label = " #" + connection.number() + " ";
        threads.start(
                label + "to broker",
                () -> connection.run(
                        broker,
                        protocol.open(connection.number(), this),
                        toClient -> threads.start(label + "to client", toClient)));
    }
}

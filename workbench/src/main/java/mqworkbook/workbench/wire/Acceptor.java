package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The relay's port: takes in connections or refuses them, and knows those that live. */
final class Acceptor {

    private static final int BACKLOG = 128;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, Sockets.LOOPBACK);
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Supplier<InetSocketAddress> target;
    private final Protocol protocol;
    private final Faults faults;
    private final Sight sight;
    private final RelayThreads threads;
    private volatile long admitted;
    private volatile boolean closed;

    Acceptor(Supplier<InetSocketAddress> target, Protocol protocol, Faults faults, Sight sight, RelayThreads threads)
            throws IOException {
        this.target = target;
        this.protocol = protocol;
        this.faults = faults;
        this.sight = sight;
        this.threads = threads;
    }

    void start() {
        threads.start("", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    long admitted() {
        return admitted;
    }

    int open() {
        return (int) connections.stream().filter(RelayedConnection::isOpen).count();
    }

    void cutAll(String reason) {
        connections.forEach(connection -> connection.cut(reason));
    }

    void cutTorn(String reason) {
        connections.stream().filter(RelayedConnection::isTorn).forEach(connection -> connection.cut(reason));
    }

    /** Frees the port, cuts everything and joins all threads. Closing again changes nothing. */
    void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port() + " cannot be freed", e);
        } finally {
            connections.forEach(RelayedConnection::close);
            threads.join(CLOSE_NANOS);
        }
    }

    private void accept() {
        for (long number = 1; !closed; ) {
            try {
                Socket client = listener.accept();
                admit(new RelayedConnection(number++, client, connections, faults, sight));
            } catch (IOException e) {
                // Closed, or out of file descriptors for the moment: the relay must outlive that.
                LockSupport.parkNanos(closed ? 0 : RETRY_NANOS);
            }
        }
    }

    private void admit(RelayedConnection connection) {
        // Asked after it was registered: whoever sets one of these and then cuts all finds it among the connections.
        if (closed || faults.isRefusing()) {
            connection.refuse();
            return;
        }
        admitted++;
        String label = " #" + connection.number() + " ";
        threads.start(
                label + "to broker",
                () -> connection.run(target, protocol, toClient -> threads.start(label + "to client", toClient)));
    }
}

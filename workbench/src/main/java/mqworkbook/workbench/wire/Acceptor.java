package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One port of a relay: takes in connections until it is closed. */
final class Acceptor {

    private static final int BACKLOG = 128;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, Sockets.LOOPBACK);
    private final Consumer<Socket> admission;
    private volatile boolean closed;

    Acceptor(Consumer<Socket> admission) throws IOException {
        this.admission = admission;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(Sockets.LOOPBACK, listener.getLocalPort());
    }

    void accept() {
        while (!closed) {
            try {
                admission.accept(listener.accept());
            } catch (IOException e) {
                // Closed, or out of file descriptors for the moment: the relay must outlive that.
                LockSupport.parkNanos(closed ? 0 : RETRY_NANOS);
            }
        }
    }

    void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + listener.getLocalPort() + " cannot be freed", e);
        }
    }
}

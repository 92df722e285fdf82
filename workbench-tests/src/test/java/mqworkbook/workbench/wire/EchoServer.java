package mqworkbook.workbench.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends back whatever it gets, on a loopback port; stands for a broker that can be stopped. */
final class EchoServer implements Closeable {

    private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong received = new AtomicLong();

    private final Thread acceptor;

    EchoServer() throws IOException {
        acceptor = start("echo server", () -> {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start("echo", () -> echo(socket));
            }
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Bytes that have arrived so far. */
    long received() {
        return received.get();
    }

    private void echo(Socket socket) throws IOException {
        try (socket) {
            byte[] buffer = new byte[64 << 10];
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                received.addAndGet(n);
                socket.getOutputStream().write(buffer, 0, n);
            }
        } finally {
            sockets.remove(socket);
        }
    }

    /** Gone as a killed broker is: the port is free and all connections are closed. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            // A thread that still waits in accept() keeps the port open a little longer than close() says.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed by the test, or cut by the relay under test.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Work {
        void run() throws IOException;
    }
}

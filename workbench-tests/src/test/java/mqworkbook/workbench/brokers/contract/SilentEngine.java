package mqworkbook.workbench.brokers.contract;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container engine that hangs: it takes connections and never says a word. Measures how long clients put up with it. */
final class SilentEngine implements AutoCloseable {

    private final ServerSocketChannel server;
    private final List<Long> patience = new CopyOnWriteArrayList<>();

    SilentEngine(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "silent engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** For each client that has given up, after how many milliseconds. */
    List<Long> patienceOfClients() {
        return patience;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    long begin = System.nanoTime();
                    ByteBuffer request = ByteBuffer.allocate(1024);
                    while (client.read(request.clear()) >= 0) {
                        // Whatever it asks for.
                    }
                    patience.add((System.nanoTime() - begin) / 1_000_000);
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.process.DiskSpace;
import mqworkbook.workbench.brokers.process.ServerProcess;

/** A server on its way up: waits until a client can log in, fails at once with the reason when it dies. */
final class Boot {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int TAIL_LINES = 15;

    private final ServerProcess process;
    private final Node node;

    Boot(ServerProcess process, Node node) {
        this.process = process;
        this.node = node;
    }

    /** Returns the version that the server tells, once it does. */
    String await(Endpoint endpoint) throws PortTakenException {
        long end = System.nanoTime() + LIMIT.toNanos();
        IOException last = null;
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                knock(endpoint);
                ServerCheck.Identity found = ServerCheck.identify(endpoint);
                // Another server on this port: ours is about to find it taken.
                if (found.cluster().startsWith(node.name().replaceFirst("@.*", "@"))) {
                    return found.version();
                }
            } catch (IOException notYet) {
                last = notYet;
            }
            ServerCheck.pause();
        }
        boolean died = !process.isAlive();
        process.kill();
        throw died
                ? dead(endpoint)
                : new BrokerUnavailableException(
                        "RabbitMQ did not accept a client within " + LIMIT.toSeconds() + " s" + tail(), last);
    }

    /** A bare connect: much cheaper than a client's, which matters while the server wants the processor. */
    private static void knock(Endpoint endpoint) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), 1_000);
        }
    }

    private BrokerUnavailableException dead(Endpoint endpoint) throws PortTakenException {
        String output = everything().toLowerCase(Locale.ROOT);
        if (output.contains("eaddrinuse") || output.contains("address already in use")) {
            throw new PortTakenException(endpoint.port());
        }
        if (output.contains("enospc") || output.contains("no space left")) {
            return DiskSpace.full(node.folder());
        }
        return new BrokerUnavailableException("RabbitMQ ended while it was starting" + tail());
    }

    private String tail() {
        List<String> lines =
                everything().lines().filter(line -> !line.isBlank()).toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return last.isEmpty() ? " without a word" : "; its last words:\n  " + String.join("\n  ", last);
    }

    private String everything() {
        return ServerProcess.read(node.log()) + process.output();
    }
}

package mqworkbook.workbench.brokers.docker;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks as Docker 20.10 does when it is asked for images: an engine that has those that a test names. */
public final class FakeEngine implements AutoCloseable {

    private final Set<String> images = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile String pulling = "";
    private volatile String arriving = "";

    public FakeEngine(String... images) throws IOException {
        this.images.addAll(Set.of(images));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/_ping", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/images/", exchange -> {
            String image = exchange.getRequestURI().getPath().replaceAll("^/images/|/json$", "");
            exchange.sendResponseHeaders(this.images.contains(image) ? 200 : 404, -1);
            exchange.close();
        });
        server.createContext("/images/create", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(pulling.getBytes());
            this.images.add(arriving);
            exchange.close();
        });
        server.start();
    }

    /** What a pull prints, and the image that has arrived then. */
    public void pulls(String lines, String image) {
        pulling = lines;
        arriving = image;
    }

    /** What the engine says in place of pulling. */
    public void cannotPull(String reason) {
        pulling = "{\"errorDetail\":{\"message\":\"%1$s\"},\"error\":\"%1$s\"}\n".formatted(reason);
    }

    public URI address() {
        return URI.create("tcp://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

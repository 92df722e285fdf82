package mqworkbook.workbench.brokers.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The few requests to a container engine that must never hang and must not need a library: each is one HTTP/1.0
 * exchange under one deadline, over the engine's socket file or plain TCP.
 *
 * <p>Knows {@code unix:} and {@code tcp:} addresses without TLS; anything else is an {@link IOException}. Interface
 * of the engine: Docker Engine API 1.24 and newer, paths without a version.
 */
public final class EngineConnection {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final URI engine;
    private final Duration limit;

    public EngineConnection(URI engine) {
        this(engine, LIMIT);
    }

    /** {@code limit} bounds a whole exchange, connecting included. */
    public EngineConnection(URI engine, Duration limit) {
        this.engine = engine;
        this.limit = limit;
    }

    /** What the engine said: HTTP status and body. */
    public record Answer(int status, String body) {}

    public Answer get(String path) throws IOException {
        return exchange("GET", path);
    }

    public Answer delete(String path) throws IOException {
        return exchange("DELETE", path);
    }

    /**
     * A request whose answer grows as the engine works.
     *
     * @param silence how long the engine may say nothing at all
     * @param body given what was received whenever something arrives, the head included
     */
    void follow(String method, String path, Duration silence, Consumer<String> body) throws IOException {
        exchange(method, path, silence, received -> body.accept(received.toString(StandardCharsets.UTF_8)));
    }

    private Answer exchange(String method, String path) throws IOException {
        ByteArrayOutputStream all = exchange(method, path, Duration.ZERO, received -> {});
        return parse(all.toByteArray());
    }

    private ByteArrayOutputStream exchange(
            String method, String path, Duration silence, Consumer<ByteArrayOutputStream> progress) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        SocketAddress address = address();
        try (SocketChannel channel = open(address);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(address)) {
                await(selector, end);
                channel.finishConnect();
            }
            String request = method + " " + path + " HTTP/1.0\r\nHost: engine\r\n\r\n";
            // A request of some hundred bytes fits the buffer of a fresh socket.
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            key.interestOps(SelectionKey.OP_READ);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer chunk = ByteBuffer.allocate(16_384);
            while (true) {
                await(selector, Math.max(end, System.nanoTime() + silence.toNanos()));
                int read = channel.read(chunk.clear());
                if (read < 0) {
                    return all;
                }
                all.write(chunk.array(), 0, read);
                progress.accept(all);
            }
        }
    }

    private void await(Selector selector, long end) throws IOException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new SocketTimeoutException("The container engine at " + engine + " did not answer in time");
        }
        selector.selectedKeys().clear();
    }

    private SocketAddress address() throws IOException {
        String scheme = String.valueOf(engine.getScheme());
        if (scheme.equals("unix")) {
            return UnixDomainSocketAddress.of(engine.getPath());
        }
        if ((scheme.equals("tcp") || scheme.equals("http")) && engine.getPort() > 0) {
            return new InetSocketAddress(engine.getHost(), engine.getPort());
        }
        throw new IOException("Cannot talk to a container engine at " + engine);
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private static Answer parse(byte[] response) throws IOException {
        String text = new String(response, StandardCharsets.UTF_8);
        int headEnd = text.indexOf("\r\n\r\n");
        String[] statusLine = text.split(" ", 3);
        if (headEnd < 0 || statusLine.length < 3 || !statusLine[0].startsWith("HTTP/")) {
            throw new IOException("not an answer of a container engine");
        }
        try {
            return new Answer(Integer.parseInt(statusLine[1]), text.substring(headEnd + 4));
        } catch (NumberFormatException e) {
            throw new IOException("not an answer of a container engine", e);
        }
    }
}

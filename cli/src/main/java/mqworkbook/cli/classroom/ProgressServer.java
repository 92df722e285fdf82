package mqworkbook.cli.classroom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import mqworkbook.cli.classroom.ProgressJson.BadProgressException;

/**
 * Takes progress over HTTP into a folder: {@code PUT /progress-ID.json} and {@code POST /}. It believes nothing: a document
 * is read, checked, and written anew under its own id, so neither its path nor its text reaches the disk as it came.
 */
public final class ProgressServer implements AutoCloseable {

    private static final int MOST_FILES = 500;
    private static final int THREADS = 8;
    private static final int OK = 200;
    private static final int TAKEN = 204;
    private static final int BAD = 400;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int NOT_JSON = 415;
    private static final int FULL = 507;

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads;

    private ProgressServer(Path folder, HttpServer server, ExecutorService threads) {
        this.folder = folder;
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @param folder where it goes; there already
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is taken, or the address is not this machine's
     */
    public static ProgressServer start(Path folder, InetAddress address, int port) {
        // Seconds for a request: without a limit, eight clients that send nothing would keep all others out.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "take-progress");
                thread.setDaemon(true);
                return thread;
            });
            ProgressServer taking = new ProgressServer(folder, server, threads);
            server.setExecutor(threads);
            server.createContext("/", taking::handle);
            loadReader();
            server.start();
            return taking;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Nothing can listen on " + address.getHostAddress() + ":" + port + " (" + e.getMessage()
                            + "). Choose another port, or an address of this machine",
                    e);
        }
    }

    /** The first learner's two seconds are not for our loading of classes. */
    private static void loadReader() {
        try {
            ProgressJson.read("{}".getBytes(StandardCharsets.UTF_8));
        } catch (BadProgressException e) {
            // As it must be.
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "PUT", "POST" -> take(exchange);
                case "GET" ->
                    answer(exchange, OK, "The classroom of an MQ Workbook. It takes progress, and shows none.");
                default -> {
                    exchange.getResponseHeaders().set("Allow", "GET, PUT, POST");
                    answer(exchange, NOT_ALLOWED, "PUT or POST progress here.");
                }
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // A page in somebody's browser can send any other type here without being asked.
        if (type == null || !type.startsWith("application/json")) {
            answer(exchange, NOT_JSON, "Progress has the type application/json.");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(ProgressJson.LIMIT + 1);
        if (body.length > ProgressJson.LIMIT) {
            answer(exchange, TOO_LARGE, "Progress has at most " + ProgressJson.LIMIT + " bytes.");
            return;
        }
        try {
            LearnerProgress progress = ProgressJson.read(body);
            String file = FolderClassroom.fileName(progress);
            boolean posted = exchange.getRequestMethod().equals("POST");
            String expected = posted ? "/" : "/" + file;
            if (!exchange.getRequestURI().getRawPath().equals(expected)) {
                answer(exchange, BAD, "This document goes to " + expected);
            } else if (!Files.exists(folder.resolve(file)) && isFull()) {
                answer(exchange, FULL, "There are " + MOST_FILES + " learners here already.");
            } else {
                new FolderClassroom(folder)
                        .send(file, ProgressJson.write(progress).getBytes(StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(TAKEN, -1);
            }
        } catch (BadProgressException e) {
            answer(exchange, BAD, "This document " + e.getMessage());
        }
    }

    private boolean isFull() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count() >= MOST_FILES;
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}

package mqworkbook.peakshaving;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.judge.Beside;

/** Redis without a client library: what others send, seen by MONITOR, and the same sent again as quickly as can be. */
final class BareRedis {

    private static final String RANDOM = "__rand_int__";
    private static final int SOCKET_MILLIS = 10_000;

    private BareRedis() {}

    /** The script call that the action makes, word by word, with a random number wherever the sample's digits stand. */
    static List<String> commandOf(Endpoint redis, Runnable action, String sample) throws IOException {
        try (Socket socket = connect(redis);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            lines.readLine();
            action.run();
            for (String line; (line = lines.readLine()) != null; ) {
                List<String> words = words(line);
                String name = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
                if (name.startsWith("eval") || name.startsWith("fcall")) {
                    return words.stream()
                            .map(word -> word.replace(sample, RANDOM))
                            .toList();
                }
            }
        }
        throw new IOException("Redis has closed the connection");
    }

    /** Where redis-benchmark is installed. */
    static Optional<String> benchmark() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-benchmark"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static double runBenchmark(
            String program, Endpoint redis, List<String> command, int concurrency, int count, int range)
            throws Exception {
        List<String> line = new ArrayList<>(List.of(
                program,
                "-h",
                redis.host(),
                "-p",
                Integer.toString(redis.port()),
                "-c",
                Integer.toString(concurrency),
                "-n",
                Integer.toString(count),
                "-r",
                Integer.toString(range),
                "-q"));
        line.addAll(command);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        process.waitFor();
        Matcher found = Pattern.compile("([0-9.]+) requests per second").matcher(output);
        double last = Double.NaN;
        while (found.find()) {
            last = Double.parseDouble(found.group(1));
        }
        if (Double.isNaN(last)) {
            throw new IOException("redis-benchmark says: " + output);
        }
        return last;
    }

    /** As many connections, each with one command on its way at a time. */
    static double runLoop(Endpoint redis, List<String> command, int concurrency, int count, int range)
            throws Exception {
        CountDownLatch ready = new CountDownLatch(concurrency);
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < concurrency; i++) {
            threads.add(Beside.run(() -> {
                try (Socket socket = connect(redis)) {
                    InputStream in = new BufferedInputStream(socket.getInputStream());
                    ready.countDown();
                    go.await();
                    for (int n = 0; n < count / concurrency; n++) {
                        send(
                                socket.getOutputStream(),
                                command,
                                ThreadLocalRandom.current().nextInt(range));
                        readReply(in);
                    }
                }
                return null;
            }));
        }
        if (!ready.await(SOCKET_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException("Redis takes no " + concurrency + " connections");
        }
        long start = System.nanoTime();
        go.countDown();
        for (CompletableFuture<Void> thread : threads) {
            thread.get(60, TimeUnit.SECONDS);
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static Socket connect(Endpoint redis) throws IOException {
        Socket socket = new Socket(redis.host(), redis.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SOCKET_MILLIS);
        if (!redis.password().isEmpty()) {
            send(socket.getOutputStream(), List.of("AUTH", redis.password()), 0);
            readReply(socket.getInputStream());
        }
        return socket;
    }

    private static void send(OutputStream out, List<String> command, int random) throws IOException {
        String digits = String.format(Locale.ROOT, "%012d", random);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(("*" + command.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : command) {
            byte[] text = word.replace(RANDOM, digits).getBytes(StandardCharsets.ISO_8859_1);
            bytes.writeBytes(("$" + text.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(text);
            bytes.writeBytes(new byte[] {'\r', '\n'});
        }
        out.write(bytes.toByteArray());
    }

    /** A simple reply, or a text with its length before it. */
    private static void readReply(InputStream in) throws IOException {
        String head = line(in);
        if (head.startsWith("-")) {
            throw new IOException("Redis says: " + head);
        }
        if (head.startsWith("$") && !head.equals("$-1")) {
            in.readNBytes(Integer.parseInt(head.substring(1)) + 2);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next; (next = in.read()) != '\n'; ) {
            if (next < 0) {
                throw new IOException("Redis has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** The words of a line of MONITOR, which quotes each of them. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher quoted = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
        while (quoted.find()) {
            words.add(quoted.group(1)
                    .replace("\\n", "\n")
                    .replace("\\r", "\r")
                    .replace("\\t", "\t")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\"));
        }
        return words;
    }
}

package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import mqworkbook.workbench.wire.amqp.AmqpProtocol;
import mqworkbook.workbench.wire.amqp.Frames;

/**
 * Compares a relay with a direct connection, in turns in one JVM: how many AMQP publishes a second arrive at a server
 * that only reads, and how long a round trip of a small message takes. Run by hand; figures depend on the machine.
 */
final class RelayThroughput {

    private static final int ROUNDS = 7;
    private static final int ROUND_TRIPS = 5_000;

    private RelayThroughput() {}

    public static void main(String[] args) throws Exception {
        LongAdder events = new LongAdder();
        try (EchoServer echo = new EchoServer();
                ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Relay raw = Relay.open("raw", () -> address(server), Protocol.raw(), event -> events.increment());
                Relay amqp =
                        Relay.open("amqp", () -> address(server), new AmqpProtocol(), event -> events.increment());
                Relay rules = Relay.open("rules", () -> address(server), new AmqpProtocol(), event -> {});
                Relay amqpEcho = Relay.open("echo", echo::address, new AmqpProtocol(), event -> {})) {
            rules.on(Direction.TO_BROKER, message -> message.field("message-id").equals("never"))
                    .drop();
            for (int bodySize : new int[] {100, 1_000, 100_000}) {
                System.out.printf("%nbody of %d bytes%n", bodySize);
                List<Case> cases = List.of(
                        new Case("direct", address(server)),
                        new Case("relay, raw", raw.address()),
                        new Case("relay, AMQP", amqp.address()),
                        new Case("relay, AMQP and a rule", rules.address()));
                publishes(server, cases, bodySize);
            }
            System.out.printf("%nround trip of a 5 byte publish, microseconds%n");
            roundTrips(List.of(new Case("direct", echo.address()), new Case("relay, AMQP", amqpEcho.address())));
        }
    }

    private static void publishes(ServerSocket server, List<Case> cases, int bodySize) throws Exception {
        byte[] publish = Frames.join(Frames.publish(1, "m-1", new byte[bodySize], 131_064));
        int count = Math.max(2_000, Math.min(400_000, 400_000_000 / publish.length));
        for (int round = 0; round < ROUNDS; round++) {
            for (Case one : cases) {
                one.samples.add(count / seconds(server, one.address, publish, count));
            }
        }
        double direct = cases.get(0).median();
        for (Case one : cases) {
            System.out.printf(
                    "%-24s %,12.0f publishes/s %8.0f MB/s   %5.2f of direct%n",
                    one.name, one.median(), one.median() * publish.length / 1e6, one.median() / direct);
        }
    }

    private static double seconds(ServerSocket server, InetSocketAddress address, byte[] publish, int count)
            throws Exception {
        long bytes = (long) publish.length * count;
        CompletableFuture<Void> arrived = CompletableFuture.runAsync(() -> readAll(server, bytes));
        byte[] batch = batch(publish);
        int perBatch = batch.length / publish.length;
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            long start = System.nanoTime();
            int left = count;
            for (; left >= perBatch; left -= perBatch) {
                socket.getOutputStream().write(batch);
            }
            socket.getOutputStream().write(batch, 0, left * publish.length);
            arrived.get();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** Several publishes in one write, as a client with a buffered stream sends them. */
    private static byte[] batch(byte[] publish) {
        return Frames.join(Collections.nCopies(Math.max(1, 16_384 / publish.length), publish));
    }

    private static void readAll(ServerSocket server, long bytes) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 << 10];
            for (long left = bytes; left > 0; ) {
                left -= in.read(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void roundTrips(List<Case> cases) throws IOException {
        byte[] publish = Frames.publish(1, "m-1");
        for (int round = 0; round < ROUNDS; round++) {
            for (Case one : cases) {
                try (Client client = new Client(one.address)) {
                    long start = System.nanoTime();
                    for (int i = 0; i < ROUND_TRIPS; i++) {
                        client.send(publish);
                        client.receiveBytes(publish.length);
                    }
                    one.samples.add((System.nanoTime() - start) / 1e3 / ROUND_TRIPS);
                }
            }
        }
        cases.forEach(one -> System.out.printf("%-24s %8.1f%n", one.name, one.median()));
    }

    private static InetSocketAddress address(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private record Case(String name, InetSocketAddress address, List<Double> samples) {

        Case(String name, InetSocketAddress address) {
            this(name, address, new ArrayList<>());
        }

        double median() {
            return samples.stream().sorted().toList().get(samples.size() / 2);
        }
    }
}

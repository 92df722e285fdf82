package mqworkbook.workbench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import mqworkbook.workbench.wire.amqp.AmqpProtocol;
import mqworkbook.workbench.wire.amqp.Frames;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads, sockets and the end of a {@link Relay}. */
@Timeout(60)
class RelayThreadsTest {

    private static final Duration BOUND = Duration.ofSeconds(10);

    @AutoClose
    private EchoServer broker;

    @BeforeEach
    void start() throws IOException {
        broker = new EchoServer();
    }

    @Test
    void threadsAreDaemonsAndNamedAfterTheRelay() throws Exception {
        try (Relay relay = open("inventory");
                Client client = new Client(relay.address())) {
            client.ask("hello");
            assertThat(threads("relay inventory"))
                    .allMatch(Thread::isDaemon)
                    .extracting(Thread::getName)
                    .containsExactlyInAnyOrder(
                            "relay inventory", "relay inventory #1 to broker", "relay inventory #1 to client");
        }
    }

    @Test
    void aConnectionThatEndsTakesItsThreadsAlong() throws Exception {
        try (Relay relay = open("inventory")) {
            try (Client client = new Client(relay.address())) {
                client.ask("hello");
            }
            await("threads of the connection")
                    .atMost(BOUND)
                    .until(() -> threads("relay inventory").size() == 1);
        }
    }

    @Test
    void closeFreesThreadsAndPortWhateverTheRelayIsDoing() throws Exception {
        Relay relay = open("busy");
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Client client = new Client(relay.address());
            clients.add(client);
            client.ask("hello");
        }
        relay.stall(Direction.TO_CLIENT);
        relay.latency(Direction.TO_BROKER, Duration.ofHours(1));
        for (Client client : clients) {
            client.send("held or delayed");
        }
        int port = relay.port();
        relay.close();
        assertThat(threads("relay busy")).isEmpty();
        assertThat(relay.openConnections()).isZero();
        assertThatThrownBy(() -> new Client(relay.address())).isInstanceOf(ConnectException.class);
        assertThat(canBind(port)).isTrue();
        for (Client client : clients) {
            assertThat(client.ending()).isEqualTo("reset");
            client.close();
        }
    }

    @Test
    void closingTwiceAndFaultsAfterwardsDoNothing() {
        Relay relay = open("twice");
        relay.close();
        relay.close();
        relay.cut();
        relay.heal();
    }

    @Test
    void closeDuringTrafficAndNewConnectionsIsBoundedAndLeavesNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            Relay relay = Relay.open("stormy", broker::address, new AmqpProtocol(), event -> {});
            AtomicBoolean stop = new AtomicBoolean();
            List<CompletableFuture<Void>> clients = Stream.generate(
                            () -> CompletableFuture.runAsync(() -> trafficUntil(stop, relay)))
                    .limit(4)
                    .toList();
            await("traffic").atMost(BOUND).until(() -> relay.acceptedConnections() > 3);
            if (round % 2 == 0) {
                relay.cut();
            }
            relay.close();
            assertThat(threads("relay stormy")).isEmpty();
            assertThat(relay.openConnections()).isZero();
            stop.set(true);
            clients.forEach(CompletableFuture::join);
        }
    }

    @Test
    void aHundredRelaysLeaveNoThreadAndNoDescriptor() throws Exception {
        cutAndClose(3);
        await("sockets of the echo server")
                .atMost(BOUND)
                .until(() -> threads("echo").size() == 1);
        long before = descriptors();
        cutAndClose(100);
        assertThat(threads("relay leaky")).isEmpty();
        await("descriptors").atMost(BOUND).until(() -> descriptors() <= before);
    }

    @Test
    void cutsLeaveNoConnectionInTimeWait() throws Exception {
        Path table = Path.of("/proc/net/tcp");
        Assumptions.assumeTrue(Files.isReadable(table), "needs the connection table of Linux");
        int port;
        try (Relay relay = open("cut")) {
            port = relay.port();
            for (int i = 0; i < 50; i++) {
                try (Client client = new Client(relay.address())) {
                    client.ask("hello");
                    relay.cut();
                    assertThat(client.ending()).isEqualTo("reset");
                }
            }
        }
        String relayPort = String.format(":%04X", port);
        String brokerPort = String.format(":%04X", broker.address().getPort());
        assertThat(Files.readAllLines(table))
                .filteredOn(line -> line.contains(relayPort + " ") || line.contains(brokerPort + " "))
                .noneMatch(line -> line.matches(" *\\d+: \\S+ \\S+ 06 .*"));
    }

    @Test
    void theRelayMayBeCutFromItsOwnSight() throws Exception {
        Relay[] relay = new Relay[1];
        relay[0] = Relay.open("self", broker::address, Protocol.raw(), event -> {
            if (event instanceof WireEvent.Passage) {
                relay[0].cut();
            }
        });
        try (Client client = new Client(relay[0].address())) {
            client.send("hello");
            assertThat(client.ending()).isEqualTo("reset");
        }
        relay[0].close();
    }

    private Relay open(String name) {
        return Relay.open(name, broker::address, Protocol.raw(), event -> {});
    }

    private void cutAndClose(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Relay relay = open("leaky");
                    Client client = new Client(relay.address());
                    Client vanishing = new Client(relay.address())) {
                client.ask("hello");
                vanishing.ask("hello");
                vanishing.vanish();
                relay.cut();
            }
        }
    }

    private static void trafficUntil(AtomicBoolean stop, Relay relay) {
        byte[] publish = Frames.join(Frames.publish(1, "m", new byte[50_000], 10_000));
        while (!stop.get()) {
            try (Client client = new Client(relay.address())) {
                for (int i = 0; i < 5; i++) {
                    client.send(publish);
                    client.receiveBytes(publish.length);
                }
            } catch (IOException e) {
                // The relay was cut or closed, as the test wants.
            }
        }
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }

    private static long descriptors() throws IOException {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open), "needs the descriptor table of Linux");
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(file -> isSocket(file)).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canBind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }
}

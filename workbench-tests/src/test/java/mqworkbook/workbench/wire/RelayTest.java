package mqworkbook.workbench.wire;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of the {@link Relay} as a whole, in front of a plain echo server. */
@Timeout(30)
class RelayTest {

    private static final Duration BOUND = Duration.ofSeconds(10);

    @AutoClose
    private EchoServer broker;

    @AutoClose
    private Relay relay;

    @AutoClose
    private Client client;

    private final AtomicReference<InetSocketAddress> target = new AtomicReference<>();
    private final WireLog log = new WireLog();

    @BeforeEach
    void connect() throws IOException {
        broker = new EchoServer();
        target.set(broker.address());
        relay = Relay.open("publisher", target::get, Protocol.raw(), log);
        client = new Client(relay.address());
        assertThat(client.ask("hello")).isEqualTo("hello");
    }

    @Nested
    class WhenAllIsWell {

        @Test
        void bytesPassUntouchedBothWays() throws Exception {
            byte[] bytes = new byte[3_000_000];
            new Random(42).nextBytes(bytes);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendQuietly(bytes));
            assertThat(Arrays.equals(client.receiveBytes(bytes.length), bytes)).isTrue();
            sent.join();
        }

        @Test
        void theClientMayEndItsSideFirstAndStillGetsTheRest() throws Exception {
            client.send("last words");
            client.endOutput();
            assertThat(client.receive(10)).isEqualTo("last words");
            assertThat(client.ending()).isEqualTo("end");
            await("end of the connection").atMost(BOUND).until(() -> relay.openConnections() == 0);
            assertThat(log.lines()).endsWith("#1 CLOSED_BY_CLIENT");
        }

        @Test
        void aVanishedClientIsPassedOnAsAReset() throws Exception {
            client.vanish();
            await("end of the connection").atMost(BOUND).until(() -> relay.openConnections() == 0);
            assertThat(log.lines()).endsWith("#1 RESET_BY_CLIENT");
        }

        @Test
        void connectionsAreCounted() throws Exception {
            try (Client second = new Client(relay.address())) {
                assertThat(second.ask("two")).isEqualTo("two");
                assertThat(relay.openConnections()).isEqualTo(2);
            }
            await("end of the second").atMost(BOUND).until(() -> relay.openConnections() == 1);
            assertThat(relay.acceptedConnections()).isEqualTo(2);
        }

        @Test
        void eventsAreNumberedWithoutGapsAndTimedInOrder() throws Exception {
            client.ask("one");
            relay.cut();
            var events = log.events();
            assertThat(events).extracting(WireEvent::sequence).containsExactlyElementsOf(naturals(events.size()));
            assertThat(events).extracting(WireEvent::nanos).isSorted();
            assertThat(events).extracting(WireEvent::relay).containsOnly("publisher");
        }

        @Test
        void onlyLoopbackIsServed() {
            assertThat(relay.address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(relay.address().getPort()).isEqualTo(relay.port());
        }
    }

    @Nested
    class WhenCut {

        @Test
        void openConnectionsAreResetAndNewOnesAccepted() throws Exception {
            relay.cut();
            assertThat(client.ending()).isEqualTo("reset");
            try (Client next = new Client(relay.address())) {
                assertThat(next.ask("again")).isEqualTo("again");
            }
            assertThat(log.lines()).containsSubsequence("#1 OPENED", "cut", "#1 CUT", "#2 OPENED");
        }

        @Test
        void nothingIsToldOfAConnectionAfterItsEnd() throws Exception {
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> sendQuietly(new byte[20_000_000]));
            await("traffic").atMost(BOUND).until(() -> broker.received() > 1_000_000);
            relay.cut();
            traffic.join();
            relay.close();
            assertThat(log.lines()).last().isEqualTo("#1 CUT");
        }
    }

    @Nested
    class WhenRefusing {

        @Test
        void openAndNewConnectionsAreResetUntilHealed() throws Exception {
            relay.refuse();
            assertThat(client.ending()).isEqualTo("reset");
            assertThat(endingOfANewConnection()).isEqualTo("reset");
            relay.heal();
            try (Client next = new Client(relay.address())) {
                assertThat(next.ask("again")).isEqualTo("again");
            }
            assertThat(log.lines()).containsSubsequence("refuse", "#1 CUT", "#2 REFUSED", "heal", "#3 OPENED");
            assertThat(relay.acceptedConnections()).isEqualTo(2);
        }
    }

    @Nested
    class WhenStalled {

        @Test
        void requestsWaitUntilHealed() throws Exception {
            long before = broker.received();
            relay.stall(TO_BROKER);
            client.send("wait");
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            assertThat(broker.received()).isEqualTo(before);
            relay.heal();
            assertThat(client.receive(4)).isEqualTo("wait");
        }

        @Test
        void repliesWaitUntilResumedAndKeepTheirOrder() throws Exception {
            relay.stall(TO_CLIENT);
            client.send("one");
            client.send("two");
            await("both delivered").atMost(BOUND).until(() -> broker.received() == "hello".length() + 6);
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            assertThat(client.hasReceivedSomething()).isFalse();
            relay.resume(TO_CLIENT);
            assertThat(client.receive(6)).isEqualTo("onetwo");
        }

        @Test
        void aClientThatLeavesWhileItsRequestIsHeldNoLongerCounts() throws Exception {
            long before = broker.received();
            relay.stall(TO_BROKER);
            client.send("late");
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            assertThat(relay.openConnections()).isEqualTo(1);
            client.close();
            await("the client has left").atMost(BOUND).until(() -> relay.openConnections() == 0);
            relay.resume(TO_BROKER);
            await("what it had sent").atMost(BOUND).until(() -> broker.received() == before + 4);
        }

        @Test
        void aClientThatLeavesWhileItsReplyIsHeldNoLongerCounts() throws Exception {
            relay.stall(TO_CLIENT);
            client.send("late");
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            assertThat(relay.openConnections()).isEqualTo(1);
            client.close();
            await("the client has left").atMost(BOUND).until(() -> relay.openConnections() == 0);
        }

        @Test
        void aClientThatVanishesWhileItsRequestIsHeldIsNoticed() throws Exception {
            relay.stall(TO_BROKER);
            client.send("late");
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            client.vanish();
            await("its end").atMost(BOUND).until(() -> log.lines().contains("#1 RESET_BY_CLIENT"));
            assertThat(relay.openConnections()).isZero();
        }

        @Test
        void aHeldRequestKeepsItsOrderWithWhatArrivesMeanwhile() throws Exception {
            relay.stall(TO_BROKER);
            client.send("one");
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            byte[] more = new byte[9_000_000];
            new Random(7).nextBytes(more);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendQuietly(more));
            relay.resume(TO_BROKER);
            assertThat(client.receive(3)).isEqualTo("one");
            assertThat(Arrays.equals(client.receiveBytes(more.length), more)).isTrue();
            sent.join();
        }

        @Test
        void aCutEndsWhatWaits() throws Exception {
            relay.stall(TO_CLIENT);
            client.send("lost");
            await("held").atMost(BOUND).until(() -> log.lines().contains("#1 raw HELD"));
            relay.cut();
            assertThat(client.ending()).isEqualTo("reset");
            relay.close();
            assertThat(log.lines()).endsWith("#1 raw HELD", "cut", "#1 CUT");
        }
    }

    @Nested
    class WhenLosingReplies {

        @Test
        void requestsArriveRepliesDoNotAndHealingCuts() throws Exception {
            relay.loseReplies();
            client.send("lost");
            await("swallowed").atMost(BOUND).until(() -> log.lines().contains("#1 raw DROPPED"));
            assertThat(broker.received()).isEqualTo("hello".length() + 4);
            assertThat(client.hasReceivedSomething()).isFalse();
            relay.heal();
            assertThat(client.ending()).isEqualTo("reset");
        }

        @Test
        void aConnectionThatLostNothingOutlivesTheHealing() throws Exception {
            relay.loseReplies();
            relay.heal();
            assertThat(client.ask("still here")).isEqualTo("still here");
        }
    }

    @Nested
    class WithLatency {

        @Test
        void aRoundTripTakesAtLeastTheDelaysOfBothDirections() throws Exception {
            relay.latency(TO_BROKER, Duration.ofMillis(60));
            relay.latency(TO_CLIENT, Duration.ofMillis(40));
            assertThat(roundTrip()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }

        @Test
        void bytesAreDelayedNotThrottled() throws Exception {
            relay.latency(TO_BROKER, Duration.ofMillis(300));
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                client.send("0123456789");
            }
            client.receive(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofMillis(20 * 300 / 2));
        }

        @Test
        void healingLetsDelayedBytesGo() throws Exception {
            relay.latency(TO_BROKER, Duration.ofHours(1));
            client.send("soon");
            relay.heal();
            assertThat(client.receive(4)).isEqualTo("soon");
        }

        @Test
        void theEndOfTheStreamComesAfterTheDelayedBytes() throws Exception {
            relay.latency(TO_BROKER, Duration.ofMillis(50));
            client.send("last words");
            client.endOutput();
            assertThat(client.receive(10)).isEqualTo("last words");
            assertThat(client.ending()).isEqualTo("end");
        }

        private Duration roundTrip() throws IOException {
            long start = System.nanoTime();
            client.ask("ping");
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    @Nested
    class WhenTheBrokerRestarts {

        @Test
        void theSamePortReachesItAgainEvenIfItMoved() throws Exception {
            int port = relay.port();
            broker.close();
            assertThat(client.ending()).isEqualTo("end");
            assertThat(endingOfANewConnection()).isEqualTo("reset");

            broker = new EchoServer();
            target.set(broker.address());
            assertThat(relay.port()).isEqualTo(port);
            try (Client next = new Client(relay.address())) {
                assertThat(next.ask("back")).isEqualTo("back");
            }
            assertThat(log.lines()).containsSubsequence("#2 UNREACHABLE", "#3 OPENED");
        }

        @Test
        void aTargetThatCannotBeNamedIsUnreachable() throws Exception {
            target.set(null);
            assertThat(endingOfANewConnection()).isEqualTo("reset");
            target.set(broker.address());
            try (Client next = new Client(relay.address())) {
                assertThat(next.ask("back")).isEqualTo("back");
            }
        }
    }

    @Nested
    class WhenTheSightFails {

        @Test
        void bytesStillPassAndClosingTells() throws Exception {
            Relay failing = Relay.open("blind", target::get, Protocol.raw(), event -> {
                throw new AssertionError("cannot look");
            });
            try (Client other = new Client(failing.address())) {
                assertThat(other.ask("hello")).isEqualTo("hello");
            }
            assertThatThrownBy(failing::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("relay blind")
                    .hasRootCauseMessage("cannot look");
        }
    }

    private String endingOfANewConnection() throws IOException {
        try (Client next = new Client(relay.address())) {
            return next.ending();
        } catch (IOException e) {
            return "reset";
        }
    }

    private void sendQuietly(byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException e) {
            // The relay was told to cut.
        }
    }

    private static Iterable<Long> naturals(int last) {
        return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
    }
}

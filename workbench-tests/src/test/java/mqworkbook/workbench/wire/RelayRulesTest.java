package mqworkbook.workbench.wire;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static mqworkbook.workbench.wire.WireEvent.Disposition.DROPPED;
import static mqworkbook.workbench.wire.WireEvent.Disposition.HELD;
import static mqworkbook.workbench.wire.WireEvent.Disposition.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import mqworkbook.workbench.wire.amqp.AmqpProtocol;
import mqworkbook.workbench.wire.amqp.Frames;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules on single AMQP messages. The broker is an echo: each frame comes back, so both directions carry the same. */
@Timeout(30)
class RelayRulesTest {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Predicate<WireMessage> PUBLISH = message -> message.is("basic.publish");
    private static final Predicate<WireMessage> ACK = message -> message.is("basic.ack");

    @AutoClose
    private EchoServer broker;

    @AutoClose
    private Relay relay;

    @AutoClose
    private Client client;

    private final WireLog log = new WireLog();

    @BeforeEach
    void connect() throws IOException {
        broker = new EchoServer();
        relay = Relay.open("publisher", broker::address, new AmqpProtocol(), log);
        client = new Client(relay.address());
        assertEchoed(Frames.heartbeat());
    }

    @Nested
    class Dropping {

        @Test
        void dropsMethodHeaderAndBodyAndNothingElse() throws Exception {
            Rule rule = relay.on(TO_BROKER, PUBLISH).drop();
            byte[] publish = Frames.join(Frames.publish(1, "lost", new byte[300_000], 100_000));
            byte[] ack = Frames.ack(1, 1);
            client.send(Frames.join(publish, ack));
            assertThat(client.receiveBytes(ack.length)).isEqualTo(ack);
            assertThat(rule.awaitHit(BOUND).field("message-id")).isEqualTo("lost");
            assertThat(log.messages(DROPPED)).containsExactly("basic.publish");
            assertThat(broker.received()).isEqualTo(Frames.heartbeat().length + ack.length);
        }

        @Test
        void picksTheMessageByItsProperties() throws Exception {
            relay.on(TO_BROKER, message -> message.field("message-id").equals("m-2"))
                    .drop();
            client.send(Frames.join(Frames.publish(1, "m-1"), Frames.publish(1, "m-2"), Frames.publish(1, "m-3")));
            client.receiveBytes(2 * Frames.publish(1, "m-1").length);
            assertThat(log.passages(DROPPED))
                    .extracting(message -> message.field("message-id"))
                    .containsExactly("m-2");
        }

        @Test
        void dropsTheReplyOnly() throws Exception {
            relay.on(TO_CLIENT, ACK).drop();
            client.send(Frames.ack(1, 1));
            assertEchoed(Frames.ack(1, 2));
            assertThat(log.passages(DROPPED)).extracting(WireMessage::direction).containsExactly(TO_CLIENT);
        }
    }

    @Nested
    class Cutting {

        @Test
        void theRequestIsDeliveredAndItsReplyLost() throws Exception {
            Rule rule = relay.on(TO_CLIENT, ACK).cutBefore();
            client.send(Frames.ack(1, 1));
            assertThat(client.ending()).isEqualTo("reset");
            rule.awaitHit(BOUND);
            assertThat(log.lines())
                    .endsWith("#1 basic.ack PASSED", "#1 basic.ack DROPPED", "#1 CUT")
                    .doesNotContain("#2 OPENED");
        }

        @Test
        void whatCameBeforeIsHandedOn() throws Exception {
            relay.on(TO_BROKER, PUBLISH).cutBefore();
            byte[] before = Frames.ack(1, 1);
            client.send(Frames.join(before, Frames.publish(1, "lost")));
            assertThat(client.ending()).isEqualTo("reset");
            await("what came before")
                    .atMost(BOUND)
                    .until(() -> broker.received() == Frames.heartbeat().length + before.length);
        }

        @Test
        void cutAfterDeliversTheWholeMessageFirst() throws Exception {
            byte[] publish = Frames.join(Frames.publish(1, "kept", new byte[2_000_000], 100_000));
            Rule rule = relay.on(TO_BROKER, PUBLISH).cutAfter();
            client.send(publish);
            rule.awaitHit(BOUND);
            assertThat(client.ending()).isEqualTo("reset");
            await("the whole message")
                    .atMost(BOUND)
                    .until(() -> broker.received() == Frames.heartbeat().length + publish.length);
            assertThat(log.lines()).endsWith("#1 basic.publish PASSED", "#1 CUT");
        }

        @Test
        void cutAfterLetsTheClientReadTheMessageToItsEnd() throws Exception {
            byte[] ack = Frames.ack(1, 1);
            relay.on(TO_CLIENT, ACK).cutAfter();
            client.send(ack);
            assertThat(client.receiveBytes(ack.length)).isEqualTo(ack);
            assertThat(client.ending()).isEqualTo("end");
        }

        @Test
        void cutAfterHandsOnNoAnswerToTheMessage() throws Exception {
            for (int round = 0; round < 200; round++) {
                WireLog rawLog = new WireLog();
                try (Relay raw = Relay.open("raw", broker::address, Protocol.raw(), rawLog);
                        Client hasty = new Client(raw.address())) {
                    raw.on(TO_BROKER, message -> true).cutAfter();
                    hasty.send("answer me");
                    assertThat(hasty.everything()).isEmpty();
                    assertThat(rawLog.lines()).containsExactly("#1 OPENED", "#1 raw PASSED", "#1 CUT");
                }
            }
        }

        @Test
        void theNextConnectionIsLeftAlone() throws Exception {
            relay.on(TO_CLIENT, ACK).cutBefore();
            client.send(Frames.ack(1, 1));
            assertThat(client.ending()).isEqualTo("reset");
            client = new Client(relay.address());
            assertEchoed(Frames.ack(1, 1));
        }
    }

    @Nested
    class Stalling {

        @Test
        void holdsTheMessageAndAllBehindItUntilCancelled() throws Exception {
            Rule rule = relay.on(TO_CLIENT, ACK).stall();
            byte[] publish = Frames.publish(1, "behind");
            client.send(Frames.join(Frames.ack(1, 1), publish));
            assertThat(rule.awaitHit(BOUND).field("delivery-tag")).isEqualTo("1");
            assertThat(log.messages(HELD)).containsExactly("basic.ack");
            assertThat(client.hasReceivedSomething()).isFalse();
            rule.cancel();
            assertThat(client.receiveBytes(Frames.ack(1, 1).length + publish.length))
                    .isEqualTo(Frames.join(Frames.ack(1, 1), publish));
        }

        @Test
        void healingLetsGo() throws Exception {
            Rule rule = relay.on(TO_CLIENT, ACK).stall();
            client.send(Frames.ack(1, 1));
            rule.awaitHit(BOUND);
            relay.heal();
            assertThat(client.receiveBytes(Frames.ack(1, 1).length)).isEqualTo(Frames.ack(1, 1));
        }

        @Test
        void anotherConnectionIsNotHeld() throws Exception {
            Rule rule = relay.on(TO_BROKER, ACK).stall();
            client.send(Frames.ack(1, 1));
            rule.awaitHit(BOUND);
            try (Client other = new Client(relay.address())) {
                other.send(Frames.ack(1, 2));
                assertThat(other.receiveBytes(Frames.ack(1, 2).length)).isEqualTo(Frames.ack(1, 2));
            }
        }
    }

    @Nested
    class Counting {

        @Test
        void nthActsOnThatMatchOnly() throws Exception {
            Rule rule = relay.on(TO_BROKER, ACK).nth(3).drop();
            sendAcks(5);
            receiveAcks(4);
            assertThat(rule.awaitHit(BOUND).field("delivery-tag")).isEqualTo("3");
            assertThat(log.messages(DROPPED)).hasSize(1);
        }

        @Test
        void everyActsFromThereOnAndIsFollowedHitByHit() throws Exception {
            Rule rule = relay.on(TO_BROKER, ACK).nth(2).every().drop();
            sendAcks(4);
            receiveAcks(1);
            assertThat(List.of(tag(rule), tag(rule), tag(rule))).containsExactly("2", "3", "4");
        }

        @Test
        void matchesAreCountedOverConnections() throws Exception {
            Rule rule = relay.on(TO_BROKER, ACK).nth(2).drop();
            assertEchoed(Frames.ack(1, 1));
            try (Client other = new Client(relay.address())) {
                other.send(Frames.ack(1, 2));
                assertThat(tag(rule)).isEqualTo("2");
            }
        }

        @Test
        void theFirstArmedRuleActsAndHidesTheMessageFromLaterOnes() throws Exception {
            Rule first = relay.on(TO_BROKER, ACK).drop();
            Rule second = relay.on(TO_BROKER, ACK).drop();
            sendAcks(3);
            receiveAcks(1);
            assertThat(tag(first)).isEqualTo("1");
            assertThat(tag(second)).isEqualTo("2");
        }

        @Test
        void cancelledAndHealedRulesDoNothing() throws Exception {
            relay.on(TO_BROKER, ACK).drop().cancel();
            assertEchoed(Frames.ack(1, 1));
            relay.on(TO_BROKER, ACK).drop();
            relay.heal();
            assertEchoed(Frames.ack(1, 2));
            assertThat(log.messages(DROPPED)).isEmpty();
        }

        @Test
        void matchesAreCountedFromOne() {
            assertThatThrownBy(() -> relay.on(TO_BROKER, ACK).nth(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Failing {

        @Test
        void aRuleThatIsNotHitTellsWhatItSaw() throws Exception {
            Rule rule = relay.on(TO_BROKER, ACK).nth(2).drop();
            assertEchoed(Frames.ack(1, 1));
            assertEchoed(Frames.heartbeat());
            assertThatThrownBy(() -> rule.awaitHit(Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("Rule DROP match 2 TO_BROKER (2 messages seen, 1 matched) was not hit within 1 ms");
        }

        @Test
        void aPredicateThatThrowsIsToldAndTheMessagePasses() throws Exception {
            Relay other = Relay.open("other", broker::address, new AmqpProtocol(), log);
            Rule rule = other.on(TO_BROKER, message -> {
                        throw new IllegalStateException("odd predicate");
                    })
                    .drop();
            try (Client through = new Client(other.address())) {
                through.send(Frames.ack(1, 1));
                assertThat(through.receiveBytes(Frames.ack(1, 1).length)).isEqualTo(Frames.ack(1, 1));
            }
            assertThatThrownBy(() -> rule.awaitHit(Duration.ofMillis(1))).hasRootCauseMessage("odd predicate");
            assertThatThrownBy(other::close).hasRootCauseMessage("odd predicate");
        }
    }

    @Test
    void garbageDoesNotKillTheRelay() throws Exception {
        client.send("GET / HTTP/1.1");
        assertThat(client.receive(14)).isEqualTo("GET / HTTP/1.1");
        client = new Client(relay.address());
        assertEchoed(Frames.publish(1, "m-1"));
        assertThat(log.messages(PASSED)).contains("raw", "basic.publish");
    }

    private void assertEchoed(byte[] bytes) throws IOException {
        client.send(bytes);
        assertThat(client.receiveBytes(bytes.length)).isEqualTo(bytes);
    }

    private void sendAcks(int count) throws IOException {
        for (int tag = 1; tag <= count; tag++) {
            client.send(Frames.ack(1, tag));
        }
    }

    private void receiveAcks(int count) throws IOException {
        client.receiveBytes(count * Frames.ack(1, 1).length);
    }

    private static String tag(Rule rule) {
        return rule.awaitHit(BOUND).field("delivery-tag");
    }
}

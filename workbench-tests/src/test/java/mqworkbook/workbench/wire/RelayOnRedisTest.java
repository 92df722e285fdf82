package mqworkbook.workbench.wire;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.wire.redis.RespProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The {@link Relay} between Redis and Lettuce. */
@Timeout(60)
class RelayOnRedisTest {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String TAKE_ONE = "return redis.call('decr', KEYS[1])";

    private static Broker broker;
    private static ClientResources resources;

    private final String key = "relay-" + UUID.randomUUID();
    private final WireLog log = new WireLog();

    @AutoClose
    private Relay relay;

    @AutoClose
    private RedisClient judge;

    @AutoClose
    private RedisClient client;

    private RedisCommands<String, String> data;
    private RedisCommands<String, String> commands;
    private RedisAsyncCommands<String, String> async;

    @BeforeAll
    static void start() {
        broker = Brokers.forRun().require(BrokerKind.REDIS);
        resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
                .build();
    }

    @AfterAll
    static void end() {
        resources.shutdown(0, 5, TimeUnit.SECONDS);
    }

    @BeforeEach
    void connect() {
        relay = Relay.open("shop", broker.endpoint()::address, new RespProtocol(), log);
        judge = RedisClient.create(resources, uri(broker.endpoint().address(), "judge"));
        data = judge.connect().sync();
        client = client(ClientOptions.create());
        open();
    }

    @AfterEach
    void remove() {
        data.del(key, key + "-2");
    }

    @Test
    void commandsAndRepliesAreDecodedInOrder() {
        String sha = commands.scriptLoad(TAKE_ONE);
        commands.set(key, "5");
        assertThat(commands.<Long>evalsha(sha, ScriptOutputType.INTEGER, key)).isEqualTo(4);
        assertThatThrownBy(() -> commands.lpush(key, "x")).hasMessageContaining("WRONGTYPE");
        commands.publish(key, "sold");

        assertThat(log.messages(WireEvent.Disposition.PASSED))
                .containsSubsequence(
                        "hello",
                        "hello",
                        "script.load",
                        "script.load",
                        "set",
                        "set",
                        "evalsha",
                        "evalsha",
                        "lpush",
                        "lpush",
                        "publish",
                        "publish")
                .doesNotContain("raw", "reply");
        assertThat(message("evalsha", TO_BROKER).fields())
                .containsEntry("key", key)
                .containsEntry("argument-count", 3L);
        assertThat(message("evalsha", TO_CLIENT).field("value")).isEqualTo("4");
        assertThat(message("lpush", TO_CLIENT).field("error")).startsWith("WRONGTYPE");
        assertThat(message("publish", TO_BROKER).field("channel")).isEqualTo(key);
    }

    @Test
    void resp2IsDecodedToo() throws Exception {
        RedisClient resp2 = client(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
        try (resp2;
                StatefulRedisPubSubConnection<String, String> subscriber = resp2.connectPubSub()) {
            BlockingQueue<String> received = listen(subscriber);
            subscriber.sync().subscribe(key);
            data.publish(key, "hello");
            assertThat(take(received)).isEqualTo("hello");
            subscriber.sync().unsubscribe(key);
            subscriber.sync().ping();
        }
        assertThat(log.messages(WireEvent.Disposition.PASSED))
                .containsSubsequence(
                        "subscribe",
                        "push.subscribe",
                        "push.message",
                        "unsubscribe",
                        "push.unsubscribe",
                        "ping",
                        "ping")
                .doesNotContain("raw", "reply");
        assertThat(message("push.message", TO_CLIENT).field("payload")).isEqualTo("hello");
    }

    @Test
    void hugeValuesPass() {
        String huge = "x".repeat(3_000_000);
        commands.set(key, huge);
        assertThat(commands.get(key)).isEqualTo(huge);
        assertThat(message("set", TO_BROKER).field("size")).hasSize(7);
    }

    @Nested
    class Faults {

        @Test
        void theClientReconnectsThroughTheSamePortAfterACut() {
            relay.cut();
            awaitAnswer();
            assertThat(relay.acceptedConnections()).isEqualTo(2);
        }

        @Test
        void theClientReconnectsOnceConnectionsAreNoLongerRefused() {
            relay.refuse();
            await("refused attempts").atMost(BOUND).until(() -> log.lines().contains("#3 REFUSED"));
            relay.heal();
            awaitAnswer();
        }

        @Test
        void aStalledReplyArrivesWhenItIsResumed() {
            relay.stall(TO_CLIENT);
            RedisFuture<Long> waiting = async.incr(key);
            await("applied").atMost(BOUND).until(() -> "1".equals(data.get(key)));
            assertThat(waiting.toCompletableFuture()).isNotDone();
            relay.resume(TO_CLIENT);
            assertThat(waiting.toCompletableFuture()).succeedsWithin(BOUND).isEqualTo(1L);
        }

        @Test
        void latencyDelaysEveryCommand() {
            relay.latency(TO_BROKER, SHORT);
            long start = System.nanoTime();
            commands.ping();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        }

        @Test
        void blockingCommandsAreHeldOrLetGoLikeAnyOther() {
            Rule rule = relay.on(TO_CLIENT, message -> message.is("blpop")).stall();
            RedisFuture<?> popped = async.blpop(5, key);
            data.rpush(key, "job");
            assertThat(rule.awaitHit(BOUND).field("elements")).isEqualTo("2");
            assertThat(popped.toCompletableFuture()).isNotDone();
            rule.cancel();
            assertThat(popped.toCompletableFuture()).succeedsWithin(BOUND);
        }

        @Test
        void theClientReconnectsAfterARestartOfTheBroker() {
            Assumptions.assumeTrue(broker.capabilities().restartable(), "this broker cannot be restarted from here");
            judge.close();
            broker.restart();
            judge = RedisClient.create(resources, uri(broker.endpoint().address(), "judge"));
            data = judge.connect().sync();
            awaitAnswer();
        }
    }

    /**
     * What a lost reply means depends on the client. Lettuce 7.7 fails the oldest command in flight when its connection is
     * reset, and sends all others again, whether they were applied or not.
     */
    @Nested
    class LostReplies {

        @Test
        void aScriptIsAppliedThoughItsReplyIsLostAndTheClientInDoubt() {
            String sha = stock(5);
            Rule rule = relay.on(TO_CLIENT, message -> message.is("evalsha")).cutBefore();
            assertThatThrownBy(() -> commands.evalsha(sha, ScriptOutputType.INTEGER, key))
                    .isInstanceOf(RedisException.class);
            assertThat(rule.awaitHit(BOUND).field("value")).isEqualTo("4");
            assertThat(data.get(key)).isEqualTo("4");
        }

        @Test
        void lettuceSendsACommandAgainThatWasInFlightBehindAnother() {
            String sha = stock(5);
            RedisFuture<String> oldest = pingHeldInFront();
            RedisFuture<Long> taken = async.evalsha(sha, ScriptOutputType.INTEGER, key);
            await("the script has run").atMost(BOUND).until(() -> "4".equals(data.get(key)));
            relay.cut();
            relay.heal();

            assertThat(oldest.toCompletableFuture()).failsWithin(BOUND);
            assertThat(taken.toCompletableFuture())
                    .as("what the client was told")
                    .succeedsWithin(BOUND)
                    .isEqualTo(3L);
            assertThat(data.get(key)).as("one wish, two pieces gone").isEqualTo("3");
            assertThat(log.lines()).containsSubsequence("#1 evalsha PASSED", "#1 CUT", "#2 evalsha PASSED");
        }

        @Test
        void aConnectionThatEndsWithoutResetFailsNothingAndAllIsSentAgain() {
            String sha = stock(5);
            relay.on(TO_CLIENT, message -> message.is("ping")).cutAfter();
            RedisFuture<String> oldest = pingHeldInFront();
            RedisFuture<Long> taken = async.evalsha(sha, ScriptOutputType.INTEGER, key);
            await("the script has run").atMost(BOUND).until(() -> "4".equals(data.get(key)));
            relay.resume(TO_CLIENT);

            assertThat(oldest.toCompletableFuture()).succeedsWithin(BOUND).isEqualTo("PONG");
            assertThat(taken.toCompletableFuture()).succeedsWithin(BOUND).isEqualTo(3L);
        }

        @Test
        void withoutReconnectingNothingIsSentAgain() {
            reopen(ClientOptions.builder().autoReconnect(false).build());
            String sha = stock(5);
            pingHeldInFront();
            RedisFuture<Long> taken = async.evalsha(sha, ScriptOutputType.INTEGER, key);
            await("the script has run").atMost(BOUND).until(() -> "4".equals(data.get(key)));
            relay.cut();
            assertThat(taken.toCompletableFuture()).failsWithin(BOUND);
            assertThat(data.get(key)).isEqualTo("4");
        }

        @Test
        void afterADroppedReplyNoneIsTakenForAnother() {
            Rule rule = relay.on(TO_CLIENT, message -> message.is("incr")).drop();
            RedisFuture<Long> unanswered = async.incr(key);
            RedisFuture<String> later = async.echo("later");
            rule.awaitHit(BOUND);
            await("the later reply").atMost(BOUND).until(() -> log.lines().contains("#1 echo DROPPED"));
            assertThat(unanswered.toCompletableFuture()).isNotDone();
            relay.heal();
            assertThat(unanswered.toCompletableFuture()).failsWithin(BOUND);
            assertThat(later.toCompletableFuture())
                    .as("sent again")
                    .succeedsWithin(BOUND)
                    .isEqualTo("later");
        }

        @Test
        void requestsAreDeliveredAndTheirRepliesSwallowedUntilHealed() {
            relay.loseReplies();
            RedisFuture<Long> inDoubt = async.incr(key);
            await("applied").atMost(BOUND).until(() -> "1".equals(data.get(key)));
            assertThat(inDoubt.toCompletableFuture()).isNotDone();
            relay.heal();
            assertThat(inDoubt.toCompletableFuture()).failsWithin(BOUND);
            awaitAnswer();
            assertThat(commands.incr(key)).isEqualTo(2);
        }

        @Test
        void aCommandThatIsCutNeverArrives() {
            relay.on(TO_BROKER, message -> message.is("incr")).cutBefore();
            assertThatThrownBy(() -> commands.incr(key)).isInstanceOf(RedisException.class);
            assertThat(log.messages(WireEvent.Disposition.DROPPED)).containsExactly("incr");
            assertThat(data.get(key)).isNull();
        }

        @Test
        void aCommandMayBeTheLastThingThatArrives() {
            relay.on(TO_BROKER, message -> message.is("incr")).cutAfter();
            assertThatThrownBy(() -> commands.incr(key)).isInstanceOf(RedisException.class);
            await("applied").atMost(BOUND).until(() -> "1".equals(data.get(key)));
        }

        @Test
        void aReplyMayBeTheLastThingThatArrives() {
            relay.on(TO_CLIENT, message -> message.is("incr")).cutAfter();
            assertThat(commands.incr(key)).isEqualTo(1);
            awaitAnswer();
            assertThat(commands.incr(key)).isEqualTo(2);
            assertThat(relay.acceptedConnections()).isEqualTo(2);
        }

        /** A command whose reply waits, with all behind it. */
        private RedisFuture<String> pingHeldInFront() {
            relay.stall(TO_CLIENT);
            return async.ping();
        }

        private String stock(int pieces) {
            data.set(key, String.valueOf(pieces));
            return data.scriptLoad(TAKE_ONE);
        }
    }

    @Nested
    class PubSub {

        @Test
        void lettuceSubscribesAgainAfterACutAndWhatWasPublishedMeanwhileIsLost() throws Exception {
            try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub()) {
                BlockingQueue<String> received = listen(subscriber);
                subscriber.sync().subscribe(key);
                data.publish(key, "before");
                assertThat(take(received)).isEqualTo("before");

                relay.refuse();
                await("the subscription has ended").atMost(BOUND).until(() -> subscribers() == 0);
                data.publish(key, "meanwhile");
                relay.heal();
                await("the subscription is back").atMost(BOUND).until(() -> subscribers() == 1);
                data.publish(key, "after");
                assertThat(take(received)).isEqualTo("after");
            }
            assertThat(log.passages(WireEvent.Disposition.PASSED))
                    .filteredOn(message -> message.is("push.message"))
                    .extracting(message -> message.field("payload"))
                    .containsExactly("before", "after");
        }

        @Test
        void oneMessageMayBeDropped() throws Exception {
            try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub()) {
                BlockingQueue<String> received = listen(subscriber);
                subscriber.sync().subscribe(key);
                Rule rule = relay.on(
                                TO_CLIENT, message -> message.field("payload").equals("lost"))
                        .drop();
                data.publish(key, "lost");
                data.publish(key, "heard");
                rule.awaitHit(BOUND);
                assertThat(take(received)).isEqualTo("heard");
            }
        }

        private long subscribers() {
            return data.pubsubNumsub(key).get(key);
        }
    }

    @Test
    void noConnectionGoesPastTheRelay() {
        relay.cut();
        awaitAnswer();
        await("every connection of this process goes through the relay, but for the judge's")
                .atMost(BOUND)
                .until(() -> OwnConnections.to(broker.endpoint().port()) == relay.openConnections() + 1);
        relay.refuse();
        await("connections of the client")
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(connectionsNamed("shop")).isEmpty());
    }

    /** Until the client has noticed that its connection is gone, and has a new one. */
    private void awaitAnswer() {
        await("an answer").atMost(BOUND).ignoreExceptions().until(() -> "PONG".equals(commands.ping()));
    }

    private List<String> connectionsNamed(String name) {
        return data.clientList()
                .lines()
                .filter(line -> line.contains(" name=" + name + " "))
                .toList();
    }

    private RedisClient client(ClientOptions options) {
        RedisClient made = RedisClient.create(resources, uri(relay.address(), "shop"));
        made.setOptions(options);
        return made;
    }

    private void open() {
        StatefulRedisConnection<String, String> connection = client.connect();
        commands = connection.sync();
        async = connection.async();
    }

    private void reopen(ClientOptions options) {
        client.close();
        client = client(options);
        open();
    }

    private static RedisURI uri(InetSocketAddress address, String name) {
        Endpoint endpoint = broker.endpoint();
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(address.getHostString())
                .withPort(address.getPort())
                .withClientName(name)
                .withTimeout(BOUND);
        if (!endpoint.username().isEmpty()) {
            uri.withAuthentication(endpoint.username(), endpoint.password().toCharArray());
        } else if (!endpoint.password().isEmpty()) {
            uri.withPassword(endpoint.password().toCharArray());
        }
        return uri.build();
    }

    private static BlockingQueue<String> listen(StatefulRedisPubSubConnection<String, String> subscriber) {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                received.add(message);
            }
        });
        return received;
    }

    private static String take(BlockingQueue<String> received) throws InterruptedException {
        String message = received.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
        assertThat(message).as("message").isNotNull();
        return message;
    }

    private WireMessage message(String name, Direction direction) {
        return log.passages(WireEvent.Disposition.PASSED).stream()
                .filter(message -> message.is(name) && message.direction() == direction)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " " + direction + " among " + log.lines()));
    }
}

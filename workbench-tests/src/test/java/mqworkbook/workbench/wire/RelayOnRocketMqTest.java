package mqworkbook.workbench.wire;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.rocketmq.RocketMqLogin;
import mqworkbook.workbench.wire.rocketmq.RocketMqProtocol;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The {@link Relay} between RocketMQ, name server and broker, and its own Java client. */
@Timeout(90)
class RelayOnRocketMqTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int SEND_MILLIS = 10_000;

    /** To the name server and to the broker. */
    private static final int JUDGES = 2;

    /** The topic whose settings a new one inherits; every broker has it. */
    private static final String ANY_TOPIC = "TBW102";

    private static Broker broker;
    private static DefaultMQProducer judge;

    private final String topic = "relay-" + UUID.randomUUID();
    private final WireLog log = new WireLog();
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private Relay relay;
    private DefaultMQProducer producer;

    @BeforeAll
    static void start() throws Exception {
        broker = Brokers.forRun().require(BrokerKind.ROCKETMQ);
        judge = new DefaultMQProducer("judge", login());
        judge.setNamesrvAddr(text(broker.endpoint().address()));
        judge.setInstanceName("judge");
        judge.start();
    }

    @AfterAll
    static void end() {
        judge.shutdown();
    }

    @BeforeEach
    void connect() throws Exception {
        judge.createTopic(ANY_TOPIC, topic, 1, Map.of());
        await("the route of the topic")
                .atMost(BOUND)
                .ignoreExceptions()
                .until(() -> judge.fetchPublishMessageQueues(topic).size() == 1);
        relay = Relay.open("shop", broker.endpoint()::address, new RocketMqProtocol(), log);
        producer = started(new DefaultMQProducer("shop", login()));
    }

    @AfterEach
    void disconnect() {
        relay.heal();
        endings.forEach(Runnable::run);
        relay.close();
    }

    @Nested
    class Sight {

        @Test
        void sendingPullingAndOffsetsAreDecoded() throws Exception {
            SendResult sent = send("order-1");
            BlockingQueue<MessageExt> received = consume("stock");
            assertThat(take(received).getKeys()).isEqualTo("order-1");
            assertThat(sent.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
            await("the offset")
                    .atMost(BOUND)
                    .until(() -> log.messages(WireEvent.Disposition.PASSED).contains("UPDATE_CONSUMER_OFFSET"));

            assertThat(log.messages(WireEvent.Disposition.PASSED))
                    .contains("GET_ROUTEINFO_BY_TOPIC", "HEART_BEAT", "PULL_MESSAGE")
                    .doesNotContain("raw", "reply");
            assertThat(message("SEND_MESSAGE_V2", TO_BROKER).fields())
                    .containsEntry("topic", topic)
                    .containsEntry("producerGroup", "shop")
                    .containsEntry("KEYS", "order-1")
                    .containsEntry("UNIQ_KEY", sent.getMsgId());
            assertThat(message("SEND_MESSAGE_V2", TO_CLIENT).fields())
                    .containsEntry("code", "SUCCESS")
                    .containsEntry("msgId", sent.getOffsetMsgId());
            assertThat(log.passages(WireEvent.Disposition.PASSED))
                    .anySatisfy(message -> assertThat(message.fields())
                            .containsEntry("code", "SUCCESS")
                            .containsEntry("messages", List.of("order-1")));
        }

        @Test
        void noConnectionGoesPastTheRelay() throws Exception {
            SendResult sent = send("order-1");
            consume("stock");
            await("every connection of this process goes through the relay, but for the judge's")
                    .atMost(BOUND)
                    .until(() -> ownConnections() == relay.openConnections() + JUDGES);
            assertThat(relay.openConnections()).isGreaterThan(2);

            relay.refuse();
            assertThatThrownBy(() -> send("order-2")).isInstanceOf(MQClientException.class);
            assertThatThrownBy(() -> producer.viewMessage(topic, sent.getOffsetMsgId()))
                    .isInstanceOf(MQClientException.class);
            relay.heal();
            // The first question may still meet the old connection's end.
            await("the message is found by the address in its id")
                    .atMost(BOUND)
                    .ignoreException(MQClientException.class)
                    .until(() -> producer.viewMessage(topic, sent.getOffsetMsgId())
                            .getKeys()
                            .equals("order-1"));
            assertThat(log.messages(WireEvent.Disposition.PASSED)).contains("VIEW_MESSAGE_BY_ID");
            assertThat(stored()).isEqualTo(1);
        }

        private long ownConnections() throws Exception {
            String address = judge.getDefaultMQProducerImpl()
                    .getMqClientFactory()
                    .getMQClientAPIImpl()
                    .getTopicRouteInfoFromNameServer(topic, BOUND.toMillis())
                    .getBrokerDatas()
                    .get(0)
                    .selectBrokerAddr();
            int brokerPort = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            return OwnConnections.to(broker.endpoint().port()) + OwnConnections.to(brokerPort);
        }

        @Test
        void aMessageSentBackByItsStoreHostStaysOnTheRelay() throws Exception {
            send("order-1");
            BlockingQueue<MessageExt> received = new LinkedBlockingQueue<>();
            DefaultMQPushConsumer consumer = consumer("stock-" + UUID.randomUUID(), received);
            consumer.sendMessageBack(take(received), 1);
            await("the message sent back")
                    .atMost(BOUND)
                    .until(() -> log.messages(WireEvent.Disposition.PASSED).contains("CONSUMER_SEND_MSG_BACK"));
            assertThat(message("CONSUMER_SEND_MSG_BACK", TO_CLIENT).field("code"))
                    .isEqualTo("SUCCESS");
        }
    }

    @Nested
    class Faults {

        @Test
        void theProducerReconnectsThroughTheSamePortsAfterACut() throws Exception {
            send("order-1");
            relay.cut();
            awaitSent("order-2");
            assertThat(log.lines()).contains("#1 CUT");
        }

        @Test
        void theProducerReconnectsOnceConnectionsAreNoLongerRefused() throws Exception {
            send("order-1");
            relay.refuse();
            await("a refused attempt").atMost(BOUND).until(() -> {
                assertThatThrownBy(() -> sendImpatiently("order-2")).isInstanceOf(MQClientException.class);
                return log.lines().stream().anyMatch(line -> line.endsWith(" REFUSED"));
            });
            relay.heal();
            awaitSent("order-3");
        }

        @Test
        void aStalledReplyIsATimeOutAndTheMessageIsStored() throws Exception {
            send("order-1");
            relay.stall(TO_CLIENT);
            assertThatThrownBy(() -> sendImpatiently("order-2")).hasCauseInstanceOf(RemotingTimeoutException.class);
            assertThat(stored()).isEqualTo(2);
            relay.resume(TO_CLIENT);
            awaitSent("order-3");
        }

        @Test
        void latencyDelaysEveryMessage() throws Exception {
            send("order-1");
            relay.latency(TO_BROKER, Duration.ofMillis(300));
            long start = System.nanoTime();
            send("order-2");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }

        @Test
        void theProducerSendsAgainAfterARestartOfTheBroker() throws Exception {
            Assumptions.assumeTrue(broker.capabilities().restartable(), "this broker cannot be restarted from here");
            send("order-1");
            broker.restart();
            awaitSent("order-2");
        }
    }

    @Nested
    class LostReplies {

        @Test
        void aMessageIsStoredThoughTheProducerSawAFailure() throws Exception {
            Rule rule = relay.on(TO_CLIENT, message -> message.is("SEND_MESSAGE_V2"))
                    .cutBefore();
            assertThatThrownBy(() -> send("order-1")).hasCauseInstanceOf(RemotingException.class);
            assertThat(rule.awaitHit(BOUND).field("code")).isEqualTo("SUCCESS");
            assertThat(stored()).isEqualTo(1);
        }

        @Test
        void aProducerThatTriesAgainStoresItTwice() throws Exception {
            producer.setRetryTimesWhenSendFailed(2);
            relay.on(TO_CLIENT, message -> message.is("SEND_MESSAGE_V2")).cutBefore();
            assertThat(send("order-1").getSendStatus()).isEqualTo(SendStatus.SEND_OK);
            assertThat(stored()).isEqualTo(2);
        }

        @Test
        void requestsAreDeliveredAndTheirRepliesSwallowedUntilHealed() throws Exception {
            send("order-1");
            relay.loseReplies();
            assertThatThrownBy(() -> sendImpatiently("order-2")).hasCauseInstanceOf(RemotingTimeoutException.class);
            assertThat(stored()).isEqualTo(2);
            relay.heal();
            awaitSent("order-3");
        }

        @Test
        void aMessageThatIsCutNeverArrives() throws Exception {
            Rule rule = relay.on(TO_BROKER, message -> message.field("KEYS").equals("order-1"))
                    .cutBefore();
            assertThatThrownBy(() -> send("order-1")).hasCauseInstanceOf(RemotingException.class);
            rule.awaitHit(BOUND);
            assertThat(stored()).isZero();
        }

        @Test
        void aMessageMayBeTheLastThingThatArrives() throws Exception {
            relay.on(TO_BROKER, message -> message.is("SEND_MESSAGE_V2")).cutAfter();
            assertThatThrownBy(() -> send("order-1")).hasCauseInstanceOf(RemotingException.class);
            await("the message").atMost(BOUND).until(() -> stored() == 1);
        }

        @Test
        void aReplyMayBeTheLastThingThatArrives() throws Exception {
            relay.on(TO_CLIENT, message -> message.is("SEND_MESSAGE_V2")).cutAfter();
            assertThat(send("order-1").getSendStatus()).isEqualTo(SendStatus.SEND_OK);
            awaitSent("order-2");
        }

        @Test
        void oneReplyMayBeDroppedWithoutHarmToOthers() throws Exception {
            send("order-1");
            relay.on(TO_CLIENT, message -> message.is("SEND_MESSAGE_V2")).drop();
            assertThatThrownBy(() -> sendImpatiently("order-2")).hasCauseInstanceOf(RemotingTimeoutException.class);
            awaitSent("order-3");
            assertThat(stored()).isEqualTo(3);
        }
    }

    @Nested
    class TransactionsAndOffsets {

        @Test
        void aTransactionWhoseEndIsLostIsCheckedBack() throws Exception {
            TransactionMQProducer transactional = new TransactionMQProducer("shop-" + UUID.randomUUID(), login());
            transactional.setTransactionListener(new TransactionListener() {
                @Override
                public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
                    return LocalTransactionState.COMMIT_MESSAGE;
                }

                @Override
                public LocalTransactionState checkLocalTransaction(MessageExt message) {
                    return LocalTransactionState.COMMIT_MESSAGE;
                }
            });
            started(transactional);
            Rule lost = relay.on(TO_BROKER, message -> message.is("END_TRANSACTION"))
                    .drop();
            transactional.sendMessageInTransaction(order("order-1"), null);
            assertThat(lost.awaitHit(BOUND).field("commitOrRollback")).isEqualTo("COMMIT");
            assertThat(stored()).as("nobody may see it yet").isZero();

            await("the message").atMost(BOUND).until(() -> stored() == 1);
            assertThat(log.lines().stream().map(line -> line.replaceFirst("#\\d+ ", "")))
                    .containsSubsequence(
                            "END_TRANSACTION DROPPED", "CHECK_TRANSACTION_STATE PASSED", "END_TRANSACTION PASSED");
            assertThat(message("CHECK_TRANSACTION_STATE", TO_CLIENT).field("KEYS"))
                    .isEqualTo("order-1");
            assertThat(message("END_TRANSACTION", TO_BROKER).fields())
                    .containsEntry("commitOrRollback", "COMMIT")
                    .containsEntry("fromTransactionCheck", true);
        }

        @Test
        void aMessageIsDeliveredAgainWhenItsOffsetIsLost() throws Exception {
            String group = "stock-" + UUID.randomUUID();
            send("order-1");
            // The offset travels twice: by itself, and with each pull.
            relay.on(TO_BROKER, RelayOnRocketMqTest::carriesOffset).every().drop();
            BlockingQueue<MessageExt> received = new LinkedBlockingQueue<>();
            DefaultMQPushConsumer first = consumer(group, received);
            assertThat(take(received).getKeys()).isEqualTo("order-1");
            first.shutdown();
            assertThat(log.messages(WireEvent.Disposition.DROPPED)).contains("UPDATE_CONSUMER_OFFSET");

            relay.heal();
            consumer(group, received);
            assertThat(take(received).getKeys()).isEqualTo("order-1");
        }
    }

    private static boolean carriesOffset(WireMessage message) {
        return message.is("UPDATE_CONSUMER_OFFSET")
                || (message.is("PULL_MESSAGE") && !List.of("", "0").contains(message.field("commitOffset")));
    }

    private <P extends DefaultMQProducer> P started(P made) throws MQClientException {
        made.setNamesrvAddr(text(relay.address()));
        made.setInstanceName(UUID.randomUUID().toString());
        made.setSendMsgTimeout(SEND_MILLIS);
        made.setRetryTimesWhenSendFailed(0);
        made.start();
        endings.push(made::shutdown);
        return made;
    }

    private BlockingQueue<MessageExt> consume(String group) throws MQClientException {
        BlockingQueue<MessageExt> received = new LinkedBlockingQueue<>();
        consumer(group + "-" + UUID.randomUUID(), received);
        return received;
    }

    private DefaultMQPushConsumer consumer(String group, BlockingQueue<MessageExt> received) throws MQClientException {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group, login());
        consumer.setNamesrvAddr(text(relay.address()));
        consumer.setInstanceName(UUID.randomUUID().toString());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setPersistConsumerOffsetInterval(200);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            received.addAll(messages);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        endings.push(consumer::shutdown);
        return consumer;
    }

    private SendResult send(String key) throws Exception {
        return producer.send(order(key));
    }

    private SendResult sendImpatiently(String key) throws Exception {
        return producer.send(order(key), 1_000);
    }

    private void awaitSent(String key) {
        await("a message is sent again")
                .atMost(BOUND)
                .ignoreExceptions()
                .until(() -> send(key).getSendStatus() == SendStatus.SEND_OK);
    }

    private Message order(String key) {
        return new Message(topic, null, key, "hello".getBytes(StandardCharsets.UTF_8));
    }

    /** How many messages the topic holds, asked past the relay. */
    private long stored() throws Exception {
        long stored = 0;
        for (MessageQueue queue : judge.fetchPublishMessageQueues(topic)) {
            stored += judge.maxOffset(queue);
        }
        return stored;
    }

    private static MessageExt take(BlockingQueue<MessageExt> received) throws InterruptedException {
        MessageExt message = received.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
        assertThat(message).as("message").isNotNull();
        return message;
    }

    private static RPCHook login() {
        return RocketMqLogin.hook(broker.endpoint()).orElse(null);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    private WireMessage message(String name, Direction direction) {
        return log.passages(WireEvent.Disposition.PASSED).stream()
                .filter(message -> message.is(name) && message.direction() == direction)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " " + direction + " among " + log.lines()));
    }
}

package mqworkbook.workbench.wire;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.Recoverable;
import com.rabbitmq.client.RecoveryListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.wire.amqp.AmqpProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The {@link Relay} between RabbitMQ and its own Java client. */
@Timeout(60)
class RelayOnRabbitMqTest {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

    private static Broker broker;

    private final String queue = "relay-" + UUID.randomUUID();
    private final WireLog log = new WireLog();
    private final CountDownLatch recovered = new CountDownLatch(1);

    @AutoClose
    private Relay relay;

    private Connection connection;
    private Channel channel;

    @BeforeAll
    static void start() {
        broker = Brokers.forRun().require(BrokerKind.RABBITMQ);
    }

    @BeforeEach
    void connect() throws Exception {
        relay = Relay.open("publisher", broker.endpoint()::address, new AmqpProtocol(), log);
        connection = factory(relay.address().getHostString(), relay.port()).newConnection();
        ((Recoverable) connection).addRecoveryListener(new RecoveryListener() {
            @Override
            public void handleRecovery(Recoverable recoverable) {
                recovered.countDown();
            }

            @Override
            public void handleRecoveryStarted(Recoverable recoverable) {}
        });
        channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, Map.of());
        channel.confirmSelect();
    }

    @AfterEach
    void remove() throws Exception {
        connection.abort();
        try (Connection direct = direct();
                Channel cleaner = direct.createChannel()) {
            cleaner.queueDelete(queue);
        }
    }

    @Test
    void publishConfirmDeliverAndAckAreDecodedInOrder() throws Exception {
        publish("m-1");
        channel.waitForConfirmsOrDie(BOUND.toMillis());
        BlockingQueue<Delivery> deliveries = consume(channel);
        Delivery delivery = take(deliveries);
        channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        connection.close();

        assertThat(log.messages(WireEvent.Disposition.PASSED))
                .containsSubsequence(
                        "protocol.header",
                        "connection.start",
                        "connection.start-ok",
                        "connection.tune",
                        "connection.tune-ok",
                        "connection.open",
                        "connection.open-ok",
                        "channel.open",
                        "channel.open-ok",
                        "queue.declare",
                        "queue.declare-ok",
                        "confirm.select",
                        "confirm.select-ok",
                        "basic.publish",
                        "basic.ack",
                        "basic.consume",
                        "basic.ack",
                        "connection.close",
                        "connection.close-ok")
                .contains("basic.consume-ok", "basic.deliver")
                .doesNotContain("raw");
        assertThat(message("basic.publish", TO_BROKER).fields())
                .containsEntry("routing-key", queue)
                .containsEntry("message-id", "m-1")
                .containsEntry("delivery-mode", 2)
                .containsEntry("mandatory", true)
                .containsEntry("body-size", 5L);
        assertThat(message("basic.ack", TO_CLIENT).field("delivery-tag")).isEqualTo("1");
        assertThat(message("basic.deliver", TO_CLIENT).fields())
                .containsEntry("redelivered", false)
                .containsEntry("message-id", "m-1");
        assertThat(message("basic.ack", TO_BROKER).field("delivery-tag")).isEqualTo("1");
        await("end of the connection").atMost(BOUND).until(() -> relay.openConnections() == 0);
    }

    @Test
    void anUnroutableMessageIsSeenToReturn() throws Exception {
        channel.basicPublish("", "nowhere-" + queue, true, properties("m-1"), BODY);
        channel.waitForConfirmsOrDie(BOUND.toMillis());
        assertThat(message("basic.return", TO_CLIENT).fields())
                .containsEntry("reply-code", 312)
                .containsEntry("reply-text", "NO_ROUTE")
                .containsEntry("message-id", "m-1");
    }

    @Test
    void aChannelErrorIsSeenWithItsReason() throws Exception {
        assertThatThrownBy(() -> channel.queueDeclarePassive("nowhere-" + queue))
                .hasRootCauseInstanceOf(ShutdownSignalException.class);
        assertThat(message("channel.close", TO_CLIENT).field("reply-code")).isEqualTo("404");
    }

    @Test
    void aPublishThatIsCutNeverArrives() throws Exception {
        Rule rule = relay.on(TO_BROKER, message -> message.is("basic.publish")).cutBefore();
        publish("lost");
        assertThat(rule.awaitHit(BOUND).field("message-id")).isEqualTo("lost");
        assertThatThrownBy(() -> channel.waitForConfirmsOrDie(BOUND.toMillis()))
                .isInstanceOfAny(ShutdownSignalException.class, AlreadyClosedException.class);
        assertThat(get()).isNull();
    }

    @Test
    void aConfirmThatIsCutLeavesTheMessageInTheQueueAndThePublisherInDoubt() throws Exception {
        Rule rule = relay.on(TO_CLIENT, message -> message.is("basic.ack")).cutBefore();
        publish("kept");
        rule.awaitHit(BOUND);
        assertThatThrownBy(() -> channel.waitForConfirmsOrDie(BOUND.toMillis()))
                .isInstanceOfAny(ShutdownSignalException.class, AlreadyClosedException.class);
        assertThat(get().getProps().getMessageId()).isEqualTo("kept");
    }

    @Test
    void aPublishMayBeTheLastThingThatArrives() throws Exception {
        Rule rule = relay.on(TO_BROKER, message -> message.is("basic.publish")).cutAfter();
        publish("kept");
        rule.awaitHit(BOUND);
        await("the message")
                .atMost(BOUND)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get().getProps().getMessageId()).isEqualTo("kept"));
    }

    @Test
    void aLostAckMeansRedelivery() throws Exception {
        publish("m-1");
        channel.waitForConfirmsOrDie(BOUND.toMillis());
        BlockingQueue<Delivery> deliveries = consume(channel);
        relay.on(TO_BROKER, message -> message.is("basic.ack")).cutBefore();
        channel.basicAck(take(deliveries).getEnvelope().getDeliveryTag(), false);
        Delivery again = take(deliveries);
        assertThat(again.getEnvelope().isRedeliver()).isTrue();
        channel.basicAck(again.getEnvelope().getDeliveryTag(), false);
        assertThat(log.lines()).containsSubsequence("#1 CUT", "#2 OPENED", "#2 basic.deliver PASSED");
    }

    @Test
    void theClientRecoversThroughTheSamePortAfterACut() throws Exception {
        relay.cut();
        awaitRecovery();
        publish("after the cut");
        channel.waitForConfirmsOrDie(BOUND.toMillis());
        assertThat(get().getProps().getMessageId()).isEqualTo("after the cut");
        assertThat(relay.acceptedConnections()).isEqualTo(2);
    }

    @Test
    void theClientRecoversOnceConnectionsAreNoLongerRefused() throws Exception {
        relay.refuse();
        await("refused attempts").atMost(BOUND).until(() -> log.lines().contains("#3 REFUSED"));
        relay.heal();
        awaitRecovery();
        publish("after the healing");
        channel.waitForConfirmsOrDie(BOUND.toMillis());
    }

    @Test
    void theClientRecoversThroughTheSamePortAfterARestartOfTheBroker() throws Exception {
        Assumptions.assumeTrue(broker.capabilities().restartable(), "this broker cannot be restarted from here");
        publish("durable");
        channel.waitForConfirmsOrDie(BOUND.toMillis());
        broker.restart();
        awaitRecovery();
        BlockingQueue<Delivery> deliveries = consume(channel);
        assertThat(take(deliveries).getProperties().getMessageId()).isEqualTo("durable");
    }

    private void awaitRecovery() throws InterruptedException {
        assertThat(recovered.await(BOUND.toSeconds(), TimeUnit.SECONDS))
                .as("the client has recovered")
                .isTrue();
    }

    private static ConnectionFactory factory(String host, int port) {
        Endpoint endpoint = broker.endpoint();
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        factory.setUsername(endpoint.username());
        factory.setPassword(endpoint.password());
        factory.setVirtualHost(endpoint.virtualHost());
        factory.setNetworkRecoveryInterval(50);
        return factory;
    }

    private static Connection direct() throws Exception {
        return factory(broker.endpoint().host(), broker.endpoint().port()).newConnection();
    }

    private static AMQP.BasicProperties properties(String messageId) {
        return new AMQP.BasicProperties.Builder()
                .messageId(messageId)
                .deliveryMode(2)
                .build();
    }

    private void publish(String messageId) throws Exception {
        channel.basicPublish("", queue, true, properties(messageId), BODY);
    }

    private BlockingQueue<Delivery> consume(Channel on) throws Exception {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        on.basicConsume(queue, false, (tag, delivery) -> deliveries.add(delivery), tag -> {});
        return deliveries;
    }

    private static Delivery take(BlockingQueue<Delivery> deliveries) throws InterruptedException {
        Delivery delivery = deliveries.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
        assertThat(delivery).as("delivery").isNotNull();
        return delivery;
    }

    /** What the queue holds, asked past the relay. */
    private GetResponse get() throws Exception {
        try (Connection direct = direct();
                Channel probe = direct.createChannel()) {
            return probe.basicGet(queue, true);
        }
    }

    private WireMessage message(String name, Direction direction) {
        return log.passages(WireEvent.Disposition.PASSED).stream()
                .filter(message -> message.is(name) && message.direction() == direction)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " " + direction + " among " + log.lines()));
    }
}

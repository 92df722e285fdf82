package mqworkbook.delay;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.NotConfirmedException;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.RPCHook;

/** Timeouts as timer messages of RocketMQ: the broker delivers each at a time of its own. The topic is there. */
public final class RocketMqTimeouts implements Timeouts {

    /** The broker refuses more than three days (timerMaxDelaySec), and a proxy more than one. */
    private static final Duration LONGEST = Duration.ofHours(23);

    private final String nameServer;
    private final RPCHook login;
    private final DelayNames names;
    private final Clock clock;

    /** What the name server knows this process by; two in one JVM must not have the same. */
    private final String instance = UUID.randomUUID().toString();

    private DefaultMQProducer producer;
    private DefaultMQPushConsumer consumer;

    /**
     * Connects when it is used.
     *
     * @param nameServer {@code host:port}
     * @param login signs requests; null where the broker asks for no user
     */
    public RocketMqTimeouts(String nameServer, RPCHook login, DelayNames names, Clock clock) {
        this.nameServer = nameServer;
        this.login = login;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public void schedule(Timeout timeout) throws Exception {
        Instant farthest = clock.instant().plus(LONGEST);
        Instant delivery = timeout.dueAt().isBefore(farthest) ? timeout.dueAt() : farthest;
        Message message = new Message(names.topic(), timeout.text().getBytes(StandardCharsets.UTF_8));
        message.setKeys(timeout.orderId());
        message.setDeliverTimeMs(delivery.toEpochMilli());
        SendResult result = producer().send(message);
        if (result.getSendStatus() != SendStatus.SEND_OK) {
            throw new NotConfirmedException(result.getSendStatus() + ": " + timeout.text());
        }
    }

    @Override
    public void start(TimeoutHandler handler) throws MQClientException {
        consumer = new DefaultMQPushConsumer(names.topic(), login);
        consumer.setNamesrvAddr(nameServer);
        consumer.setInstanceName(instance);
        // For a group that is new: what came before it is not to be missed.
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(names.topic(), "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                try {
                    onDelivery(Timeout.parse(new String(message.getBody(), StandardCharsets.UTF_8)), handler);
                } catch (Exception failure) {
                    return ConsumeConcurrentlyStatus.RECONSUME_LATER;
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
    }

    private void onDelivery(Timeout timeout, TimeoutHandler handler) throws Exception {
        // One that is farther away than the broker takes comes in between.
        if (clock.instant().isBefore(timeout.dueAt())) {
            schedule(timeout);
        } else {
            handler.onTimeout(timeout);
        }
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.shutdown();
        }
        if (producer != null) {
            producer.shutdown();
        }
    }

    private synchronized DefaultMQProducer producer() throws MQClientException {
        if (producer == null) {
            DefaultMQProducer starting = new DefaultMQProducer(names.topic(), login);
            starting.setNamesrvAddr(nameServer);
            starting.setInstanceName(instance);
            starting.start();
            producer = starting;
        }
        return producer;
    }
}

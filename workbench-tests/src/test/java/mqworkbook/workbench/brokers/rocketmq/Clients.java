package mqworkbook.workbench.brokers.rocketmq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Clients of one broker, each with connections of its own; all shut when this is closed. */
final class Clients implements AutoCloseable {

    private final String nameServer;
    private final Deque<Runnable> closing = new ArrayDeque<>();

    Clients(Endpoint endpoint) {
        nameServer = endpoint.host() + ":" + endpoint.port();
    }

    static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    static Message message(String topic, String body) {
        return new Message(topic, body.getBytes(StandardCharsets.UTF_8));
    }

    static String body(MessageExt message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    static List<String> bodies(List<MessageExt> messages) {
        return messages.stream().map(Clients::body).toList();
    }

    DefaultMQProducer producer() throws MQClientException {
        return started(new DefaultMQProducer(fresh("producers")));
    }

    TransactionMQProducer transactions(TransactionListener listener) throws MQClientException {
        TransactionMQProducer producer = new TransactionMQProducer(fresh("producers"));
        producer.setTransactionListener(listener);
        return started(producer);
    }

    private <P extends DefaultMQProducer> P started(P producer) throws MQClientException {
        producer.setNamesrvAddr(nameServer);
        producer.setInstanceName(fresh("instance"));
        producer.start();
        closing.push(producer::shutdown);
        return producer;
    }

    String topic(int queues) throws MQClientException {
        String topic = fresh("topic");
        producer().createTopic("TBW102", topic, queues, Map.of());
        return topic;
    }

    /** Not started. */
    DefaultMQPushConsumer consumer(String group, String topic) throws MQClientException {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(nameServer);
        consumer.setInstanceName(fresh("instance"));
        // Else it looks only every 30 s whether a topic has come to be.
        consumer.setPollNameServerInterval(500);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        closing.push(consumer::shutdown);
        return consumer;
    }

    DefaultMQPushConsumer consume(String group, String topic, MessageListenerConcurrently listener)
            throws MQClientException {
        DefaultMQPushConsumer consumer = consumer(group, topic);
        consumer.registerMessageListener(listener);
        consumer.start();
        return consumer;
    }

    DefaultMQPushConsumer consumeInOrder(String group, String topic, MessageListenerOrderly listener)
            throws MQClientException {
        DefaultMQPushConsumer consumer = consumer(group, topic);
        consumer.registerMessageListener(listener);
        consumer.start();
        return consumer;
    }

    DefaultMQPushConsumer collect(String group, String topic, List<MessageExt> into) throws MQClientException {
        return consume(group, topic, (messages, context) -> {
            into.addAll(messages);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}

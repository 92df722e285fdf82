package mqworkbook.workbench.rocketmq;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.rocketmq.RocketMqLogin;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** The judge's own look at topics, past every relay. */
public final class TopicProbe implements AutoCloseable {

    private static final long MILLIS = 5_000;
    private static final int BATCH = 64;

    private final DefaultMQProducer producer;
    private final DefaultMQPullConsumer reader;

    TopicProbe(Endpoint broker) {
        String nameServer = broker.host() + ":" + broker.port();
        String instance = "judge-" + UUID.randomUUID();
        producer = new DefaultMQProducer(instance, RocketMqLogin.hook(broker).orElse(null));
        producer.setNamesrvAddr(nameServer);
        producer.setInstanceName(instance);
        reader = new DefaultMQPullConsumer(instance, RocketMqLogin.hook(broker).orElse(null));
        reader.setNamesrvAddr(nameServer);
        reader.setInstanceName(instance);
        try {
            producer.start();
            reader.start();
        } catch (MQClientException e) {
            throw new IllegalStateException("RocketMQ does not let the judge in at " + nameServer, e);
        }
    }

    /** Creates a topic with so many queues, for reading and writing. */
    public void create(String topic, int queues) {
        ask("create " + topic, () -> {
            producer.createTopic("TBW102", topic, queues, Map.of());
            return null;
        });
    }

    /**
     * Makes a consumer group's topic of retries. Without it that topic comes with the first heartbeat of the group's first
     * member, which has looked for it before, and looks again after 30 s only ({@code pollNameServerInterval}): so long
     * what it gives back would not come again.
     */
    public void createRetries(String group) {
        create(MixAll.getRetryTopic(group), 1);
    }

    /** Everything that is in the topic now, queue by queue; half messages and rolled back ones are not in it. */
    public List<MessageExt> read(String topic) {
        return ask("read " + topic, () -> {
            List<MessageExt> messages = new ArrayList<>();
            List<MessageQueue> queues = new ArrayList<>(reader.fetchSubscribeMessageQueues(topic));
            queues.sort(Comparator.comparingInt(MessageQueue::getQueueId));
            for (MessageQueue queue : queues) {
                read(queue, messages);
            }
            return messages;
        });
    }

    private void read(MessageQueue queue, List<MessageExt> messages) throws Exception {
        long end = reader.maxOffset(queue);
        for (long next = reader.minOffset(queue); next < end; ) {
            PullResult pulled = reader.pull(queue, "*", next, BATCH);
            if (pulled.getMsgFoundList() != null) {
                messages.addAll(pulled.getMsgFoundList());
            }
            if (pulled.getNextBeginOffset() <= next) {
                throw new IllegalStateException("The judge could not read " + queue + " to its end: " + pulled);
            }
            next = pulled.getNextBeginOffset();
        }
    }

    /** Removes topics by their prefix, those of groups too. */
    void remove(String prefix) {
        ask("remove topics", () -> {
            MQClientAPIImpl api =
                    producer.getDefaultMQProducerImpl().getMqClientFactory().getMQClientAPIImpl();
            List<String> topics = api.getTopicListFromNameServer(MILLIS).getTopicList().stream()
                    .filter(topic -> topic.startsWith(prefix)
                            || topic.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX + prefix)
                            || topic.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX + prefix))
                    .toList();
            if (topics.isEmpty()) {
                return null;
            }
            ClusterInfo cluster = api.getBrokerClusterInfo(MILLIS);
            for (String topic : topics) {
                for (BrokerData broker : cluster.getBrokerAddrTable().values()) {
                    api.deleteTopicInBroker(broker.selectBrokerAddr(), topic, MILLIS);
                }
                for (String nameServer : api.getNameServerAddressList()) {
                    api.deleteTopicInNameServer(nameServer, topic, MILLIS);
                }
            }
            return null;
        });
    }

    @Override
    public void close() {
        Shutdown.behind(producer::shutdown);
        Shutdown.behind(reader::shutdown);
    }

    @FunctionalInterface
    private interface Question<T> {
        T answer() throws Exception;
    }

    private static <T> T ask(String what, Question<T> question) {
        try {
            return question.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking RocketMQ to " + what, e);
        } catch (Exception e) {
            throw new IllegalStateException("RocketMQ's answer to the judge (" + what + "): " + e.getMessage(), e);
        }
    }
}

package mqworkbook.workbench.brokers.rocketmq;

import static java.util.concurrent.TimeUnit.SECONDS;
import static mqworkbook.workbench.brokers.rocketmq.Clients.bodies;
import static mqworkbook.workbench.brokers.rocketmq.Clients.body;
import static mqworkbook.workbench.brokers.rocketmq.Clients.fresh;
import static mqworkbook.workbench.brokers.rocketmq.Clients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.body.LockBatchRequestBody;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** That lessons need not wait for what RocketMQ does at leisure; limits leave room for a busy machine. */
class RocketMqSettingsTest {

    private final Broker broker = Brokers.forRun().require(BrokerKind.ROCKETMQ);

    @AutoClose
    private final Clients clients = new Clients(broker.endpoint());

    private final List<MessageExt> received = new CopyOnWriteArrayList<>();

    @Test
    void what_is_sent_is_pushed() throws Exception {
        String topic = clients.topic(4);
        clients.collect(fresh("group"), topic, received);
        DefaultMQProducer producer = clients.producer();
        for (int i = 0; i < 20; i++) {
            producer.send(message(topic, "message " + i));
        }

        await("20 messages").atMost(15, SECONDS).until(() -> received.size() >= 20);
        assertThat(bodies(received)).doesNotHaveDuplicates();
    }

    @Test
    void a_topic_that_nobody_created_is_there_with_its_first_message() throws Exception {
        String topic = fresh("topic");
        clients.producer().send(message(topic, "first"));
        clients.collect(fresh("group"), topic, received);

        await("the message").atMost(15, SECONDS).until(() -> bodies(received).equals(List.of("first")));
    }

    @Test
    void messages_of_a_key_stay_in_order_and_keys_run_beside_each_other() throws Exception {
        String topic = clients.topic(4);
        DefaultMQProducer producer = clients.producer();
        Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
        HashSet<Integer> queues = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            Message message = message(topic, String.valueOf(i));
            String key = "key " + i % 6;
            message.setKeys(key);
            queues.add(producer.send(message, new SelectMessageQueueByHash(), key)
                    .getMessageQueue()
                    .getQueueId());
        }
        clients.consumeInOrder(fresh("group"), topic, (messages, context) -> {
            for (MessageExt message : messages) {
                seen.computeIfAbsent(message.getKeys(), key -> new CopyOnWriteArrayList<>())
                        .add(Integer.valueOf(body(message)));
                received.add(message);
            }
            return ConsumeOrderlyStatus.SUCCESS;
        });

        await("60 messages").atMost(15, SECONDS).until(() -> received.size() >= 60);
        assertThat(queues).as("queues used").hasSizeGreaterThan(1);
        assertThat(seen)
                .hasSize(6)
                .allSatisfy((key, numbers) -> assertThat(numbers).isSorted().hasSize(10));
    }

    @Test
    void a_queue_that_a_crashed_consumer_has_locked_is_free_within_seconds() throws Exception {
        String topic = clients.topic(1);
        String group = fresh("group");
        DefaultMQProducer producer = clients.producer();
        producer.send(message(topic, "waiting"));
        lockAsAConsumerThatCrashesNow(group, producer.fetchPublishMessageQueues(topic));

        clients.consumeInOrder(group, topic, (messages, context) -> {
            received.addAll(messages);
            return ConsumeOrderlyStatus.SUCCESS;
        });

        await("the message").atMost(15, SECONDS).until(() -> bodies(received).equals(List.of("waiting")));
    }

    private void lockAsAConsumerThatCrashesNow(String group, List<MessageQueue> queues) throws IOException {
        LockBatchRequestBody lock = new LockBatchRequestBody();
        lock.setConsumerGroup(group);
        lock.setClientId("crashed");
        lock.setMqSet(new HashSet<>(queues));
        RemotingCommand question = RemotingCommand.createRequestCommand(RequestCode.LOCK_BATCH_MQ, null);
        question.setBody(lock.encode());
        try (RemotingLine line = new RemotingLine(broker.endpoint())) {
            line.ask(RocketMqCheck.master(line, broker.endpoint()), question);
        }
    }

    @Test
    void a_second_consumer_gets_its_share_within_seconds() throws Exception {
        String topic = clients.topic(4);
        String group = fresh("group");
        DefaultMQPushConsumer first = clients.collect(group, topic, received);
        DefaultMQPushConsumer second = clients.collect(group, topic, received);

        await("two queues each")
                .atMost(15, SECONDS)
                .until(() -> List.of(queues(first), queues(second)).equals(List.of(2, 2)));
        second.shutdown();
        await("all queues are back").atMost(15, SECONDS).until(() -> queues(first) == 4);
    }

    private static int queues(DefaultMQPushConsumer consumer) {
        return (int) consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable().keySet().stream()
                .filter(queue -> queue.getTopic().startsWith("topic-"))
                .count();
    }

    @Test
    void an_undecided_transaction_is_asked_for_within_seconds_and_decided_by_the_answer() throws Exception {
        String topic = clients.topic(1);
        Map<String, AtomicInteger> checks = new ConcurrentHashMap<>();
        var producer = clients.transactions(new TransactionListener() {
            @Override
            public LocalTransactionState executeLocalTransaction(Message message, Object decision) {
                return (LocalTransactionState) decision;
            }

            @Override
            public LocalTransactionState checkLocalTransaction(MessageExt message) {
                int check = checks.computeIfAbsent(body(message), body -> new AtomicInteger())
                        .incrementAndGet();
                return switch (body(message)) {
                    case "late commit" ->
                        check < 2 ? LocalTransactionState.UNKNOW : LocalTransactionState.COMMIT_MESSAGE;
                    case "late rollback" -> LocalTransactionState.ROLLBACK_MESSAGE;
                    default -> throw new AssertionError("asked for what was decided: " + body(message));
                };
            }
        });
        clients.collect(fresh("group"), topic, received);

        producer.sendMessageInTransaction(message(topic, "commit"), LocalTransactionState.COMMIT_MESSAGE);
        producer.sendMessageInTransaction(message(topic, "rollback"), LocalTransactionState.ROLLBACK_MESSAGE);
        producer.sendMessageInTransaction(message(topic, "late commit"), LocalTransactionState.UNKNOW);
        producer.sendMessageInTransaction(message(topic, "late rollback"), LocalTransactionState.UNKNOW);

        await("what was committed").atMost(15, SECONDS).until(() -> received.size() >= 2);
        await("the check that is answered by a rollback")
                .atMost(15, SECONDS)
                .until(() -> checks.containsKey("late rollback"));
        await("nothing else")
                .during(2, SECONDS)
                .atMost(10, SECONDS)
                .until(() -> new HashSet<>(bodies(received)).equals(new HashSet<>(List.of("commit", "late commit"))));
        assertThat(checks).containsOnlyKeys("late commit", "late rollback");
    }

    @Test
    void a_delayed_message_is_never_early_and_hardly_late() throws Exception {
        String topic = clients.topic(1);
        clients.collect(fresh("group"), topic, received);
        DefaultMQProducer producer = clients.producer();
        producer.send(message(topic, "warm"));
        await("the first message").atMost(15, SECONDS).until(() -> received.size() == 1);
        received.clear();

        Message byLevel = message(topic, "1000");
        byLevel.setDelayTimeLevel(1);
        Message byDelay = message(topic, "1500");
        byDelay.setDelayTimeMs(1_500);
        Message byTime = message(topic, "2300");
        byTime.setDeliverTimeMs(System.currentTimeMillis() + 2_300);
        producer.send(byLevel);
        producer.send(byDelay);
        producer.send(byTime);

        await("three messages").atMost(15, SECONDS).until(() -> received.size() >= 3);
        Duration precision = broker.capabilities().timerPrecision();
        assertThat(bodies(received)).containsExactly("1000", "1500", "2300");
        assertThat(received)
                .allSatisfy(message -> assertThat(message.getStoreTimestamp() - message.getBornTimestamp())
                        .as("stored for its topic, ms after it was born")
                        .isBetween(
                                Long.parseLong(body(message)) - 100,
                                Long.parseLong(body(message)) + 2 * precision.toMillis()));
    }

    @Test
    void what_always_fails_is_tried_again_soon_and_ends_as_a_dead_letter() throws Exception {
        String topic = clients.topic(1);
        String group = fresh("group");
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer failing = clients.consumer(group, topic);
        failing.setMaxReconsumeTimes(2);
        failing.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> attempts.add(message.getReconsumeTimes()));
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        failing.start();
        clients.producer().send(message(topic, "poison"));
        clients.collect(fresh("group"), "%DLQ%" + group, received);

        await("the dead letter")
                .atMost(30, SECONDS)
                .until(() -> bodies(received).equals(List.of("poison")));
        assertThat(attempts).isEqualTo(IntStream.rangeClosed(0, 2).boxed().toList());
    }
}

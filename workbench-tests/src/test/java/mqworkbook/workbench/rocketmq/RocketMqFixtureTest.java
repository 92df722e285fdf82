package mqworkbook.workbench.rocketmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real broker. */
@NeedsBrokers(BrokerKind.ROCKETMQ)
@ExtendWith(Fixtures.class)
class RocketMqFixtureTest {

    /** Well below the 30 s after which a client looks for topics again. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void who_watches_sees_what_passes_on_any_wire(RocketMqFixture rocket) throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        rocket.watch(
                passage -> seen.add(passage.relay() + " " + passage.message().name()));
        send(rocket);
        assertThat(seen).contains("shop SEND_MESSAGE_V2");
    }

    @Test
    void what_the_first_member_of_a_group_gives_back_comes_again(RocketMqFixture rocket) throws Exception {
        send(rocket);
        String group = rocket.prefix() + "stock";
        rocket.topics().createRetries(group);
        AtomicInteger deliveries = new AtomicInteger();
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(group, rocket.client("stock").login().orElse(null));
        consumer.setNamesrvAddr(rocket.client("stock").nameServer());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(rocket.prefix() + "orders", "*");
        consumer.registerMessageListener(
                (MessageListenerConcurrently) (messages, context) -> deliveries.incrementAndGet() == 1
                        ? ConsumeConcurrentlyStatus.RECONSUME_LATER
                        : ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        consumer.start();
        Eventually.within(SOON)
                .until("it comes a second time", () -> deliveries.get() == 2)
                .orElse(() -> new AssertionError(deliveries + " deliveries"));
        Shutdown.behind(consumer::shutdown);
    }

    @Test
    void nobody_waits_for_a_shutdown() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Shutdown.behind(() -> {
            begun.countDown();
            over.await();
            throw new IllegalStateException("late");
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        over.countDown();
    }

    private static void send(RocketMqFixture rocket) throws Exception {
        rocket.topics().create(rocket.prefix() + "orders", 1);
        DefaultMQProducer producer = new DefaultMQProducer(
                rocket.prefix() + "shop", rocket.client("shop").login().orElse(null));
        producer.setNamesrvAddr(rocket.client("shop").nameServer());
        producer.start();
        producer.send(new Message(rocket.prefix() + "orders", new byte[] {1}));
        Shutdown.behind(producer::shutdown);
    }
}

package mqworkbook.workbench.brokers.rocketmq;

import static java.util.concurrent.TimeUnit.SECONDS;
import static mqworkbook.workbench.brokers.rocketmq.Clients.bodies;
import static mqworkbook.workbench.brokers.rocketmq.Clients.fresh;
import static mqworkbook.workbench.brokers.rocketmq.Clients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Against real servers. */
class LocalRocketMqTest {

    @AutoClose
    private final LocalRocketMq rocketMq = new LocalRocketMq();

    @Test
    void it_is_of_the_version_that_the_build_has_chosen_and_new_enough_for_the_lessons() throws Exception {
        rocketMq.start();

        String version = rocketMq.capabilities().version();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(RocketMqCheck.version(rocketMq.endpoint())).isEqualTo(version);
        RocketMqCheck.requireSupported(version);
    }

    @Test
    void a_restart_keeps_the_address_messages_offsets_and_timers() throws Exception {
        rocketMq.start();
        Endpoint before = rocketMq.endpoint();
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        try (Clients clients = new Clients(before)) {
            String group = fresh("group");
            String topic = clients.topic(1);
            clients.producer().send(message(topic, "consumed"));
            DefaultMQPushConsumer consumer = clients.collect(group, topic, received);
            await("the first message").atMost(20, SECONDS).until(() -> received.size() == 1);
            consumer.shutdown();
            clients.producer().send(message(topic, "waiting"));
            clients.producer().send(delayed(topic, "on its way", 6));

            rocketMq.restart();

            assertThat(rocketMq.endpoint()).isEqualTo(before);
            clients.collect(group, topic, received);
            // At least once, and a concurrent listener: repeats and any order are legal, a missing message is not.
            await("all messages")
                    .atMost(30, SECONDS)
                    .until(() -> bodies(received).stream().distinct().count() == 3);
            assertThat(bodies(received).stream().distinct())
                    .containsExactlyInAnyOrder("consumed", "waiting", "on its way");
        }
    }

    private static Message delayed(String topic, String body, int seconds) {
        Message message = message(topic, body);
        message.setDelayTimeSec(seconds);
        return message;
    }

    @Test
    void clients_work_on_after_a_restart() throws Exception {
        rocketMq.start();
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        try (Clients clients = new Clients(rocketMq.endpoint())) {
            String topic = clients.topic(1);
            clients.collect(fresh("group"), topic, received);
            var producer = clients.producer();
            producer.send(message(topic, "before"));

            rocketMq.restart();

            await("a message can be sent")
                    .atMost(20, SECONDS)
                    .ignoreExceptions()
                    .untilAsserted(() -> producer.send(message(topic, "after")));
            await("the message sent after the restart")
                    .atMost(30, SECONDS)
                    .until(() -> bodies(received).contains("after"));
        }
    }

    @Test
    void a_taken_port_is_replaced() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress())) {
            Iterator<Integer> ports = List.of(
                            FreePorts.next(), taken.getLocalPort(), FreePorts.next(), FreePorts.next())
                    .iterator();
            try (LocalRocketMq broker = new LocalRocketMq(ports::next)) {
                broker.start();

                assertThat(RocketMqCheck.version(broker.endpoint()))
                        .isEqualTo(broker.capabilities().version());
                assertThat(ports.hasNext()).as("ports left over").isFalse();
            }
        }
    }
}

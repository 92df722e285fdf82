package mqworkbook.workbench.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** A topic with one queue; the producer finds the broker again by itself. */
final class RocketMqTrial extends Trial {

    private static final int SEND_MILLIS = 10_000;

    private final RocketMqFixture fixture;
    private final Set<String> created = new HashSet<>();
    private DefaultMQProducer producer;

    RocketMqTrial(RocketMqFixture fixture) {
        super(fixture);
        this.fixture = fixture;
    }

    @Override
    public void publish(String name, String text) throws IOException {
        String topic = fixture.prefix() + name;
        try {
            if (producer == null) {
                producer = new DefaultMQProducer(
                        fixture.prefix() + "producers",
                        fixture.client(ACTOR).login().orElse(null));
                producer.setNamesrvAddr(fixture.client(ACTOR).nameServer());
                producer.setInstanceName(fixture.prefix());
                producer.setSendMsgTimeout(SEND_MILLIS);
                producer.start();
            }
            if (created.add(topic)) {
                fixture.topics().create(topic, 1);
            }
            producer.send(new Message(topic, text.getBytes(StandardCharsets.UTF_8)));
        } catch (MQClientException | RemotingException | MQBrokerException e) {
            throw new IOException("RocketMQ has not taken the message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public List<String> read(String name) {
        return fixture.topics().read(fixture.prefix() + name).stream()
                .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.shutdown();
        }
        super.close();
    }
}

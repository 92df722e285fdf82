package mqworkbook.workbench.trial;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;

/** A durable queue, persistent messages, confirms; the connection recovers by itself. */
final class RabbitMqTrial extends Trial {

    private static final int CONFIRM_MILLIS = 10_000;

    private final RabbitMqFixture fixture;
    private Connection connection;

    RabbitMqTrial(RabbitMqFixture fixture) {
        super(fixture);
        this.fixture = fixture;
    }

    @Override
    public void publish(String name, String text) throws IOException {
        try {
            if (connection == null) {
                connection = fixture.client(ACTOR).factory().newConnection();
            }
            Channel channel = connection.createChannel();
            String queue = fixture.prefix() + name;
            channel.queueDeclare(queue, true, false, false, null);
            channel.confirmSelect();
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, text.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
            channel.close();
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ has not confirmed the message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public List<String> read(String name) {
        return fixture.queues().on(channel -> {
            List<String> all = new ArrayList<>();
            // Never acknowledged: when the channel closes the messages go back.
            for (GetResponse next; (next = channel.basicGet(fixture.prefix() + name, false)) != null; ) {
                all.add(new String(next.getBody(), StandardCharsets.UTF_8));
            }
            return all;
        });
    }
}

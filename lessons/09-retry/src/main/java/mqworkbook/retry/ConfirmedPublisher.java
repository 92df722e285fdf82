package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import mqworkbook.retry.payment.NotConfirmedException;
import mqworkbook.workbench.judge.Todo;

/** Publishes so that the caller knows: when {@link #publish} returns, the message is in a queue, and stays there. */
public final class ConfirmedPublisher {

    private final Connection connection;
    private final Duration timeout;

    private Channel channel;

    /** Where the broker reported that no queue took the message, since {@link #openChannel}. */
    private volatile String returned;

    public ConfirmedPublisher(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /**
     * Publishes one message and waits for the broker's confirm. One that failed leaves no trace in the next one's answer.
     *
     * @throws NotConfirmedException if the message was refused, returned, or not confirmed in time
     */
    public synchronized void publish(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body)
            throws IOException {
        throw new Todo(3, "Publish mandatorily, wait for the confirm, and throw when the message is in no queue.");
    }

    private Channel openChannel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = connection.createChannel();
            channel.confirmSelect();
            channel.addReturnListener(message -> returned = message.getRoutingKey());
        }
        return channel;
    }

    private void abandon() throws IOException {
        if (channel != null) {
            channel.abort();
            channel = null;
        }
    }
}

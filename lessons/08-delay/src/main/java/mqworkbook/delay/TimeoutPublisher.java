package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.NotConfirmedException;
import mqworkbook.delay.order.Timeout;
import mqworkbook.workbench.judge.Todo;

/** Puts timeouts into wait queues so that the caller knows: when {@link #send} returns, the timeout is in one. */
public final class TimeoutPublisher {

    private final Connection connection;
    private final DelayNames names;
    private final Duration confirmTimeout;

    private Channel channel;

    /** Where the broker reported that no queue took the message, since {@link #openChannel}. */
    private volatile String returned;

    public TimeoutPublisher(Connection connection, DelayNames names, Duration confirmTimeout) {
        this.connection = connection;
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /**
     * Puts the timeout's text into the wait queue of that bucket, so that it outlives the broker's process, and waits for
     * the broker's confirm. One that failed leaves no trace in the next one's answer.
     *
     * @throws NotConfirmedException if the timeout was refused, returned, or not confirmed in time
     */
    public synchronized void send(Timeout timeout, Duration bucket) throws IOException {
        throw new Todo(
                1, "Publish the timeout mandatorily and persistently, and throw unless it is confirmed in a queue.");
    }

    private Channel openChannel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = connection.createChannel();
            channel.confirmSelect();
            channel.addReturnListener(message -> returned = message.getRoutingKey());
        }
        return channel;
    }

    /** A confirm that comes late would be taken for the next message's. */
    private void abandon() throws IOException {
        if (channel != null) {
            channel.abort();
            channel = null;
        }
    }
}

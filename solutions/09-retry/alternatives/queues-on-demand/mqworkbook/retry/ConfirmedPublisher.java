// Alternative: the retry queue for exactly this delay is declared when it is needed, and goes when it was not used for
// a while.
// Jitter to the millisecond, nothing to clean up after a change of the policy, and a queue that somebody deleted is
// back; it
// costs a declaration for each retry. For policies that change often.
package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.NotConfirmedException;

/** Publishes so that the caller knows: when {@link #publish} returns, the message is in a queue, and stays there. */
public final class ConfirmedPublisher {

    private final Connection connection;
    private final Duration timeout;

    private Channel channel;
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
        try {
            Channel open = openChannel();
            returned = null;
            open.basicPublish(exchange, routingKey, true, properties, body);
            if (!open.waitForConfirms(timeout.toMillis())) {
                throw new NotConfirmedException("refused by the broker: " + routingKey);
            }
            // The return comes before its confirm, which is an ack nevertheless.
            if (returned != null) {
                throw new NotConfirmedException("in no queue: " + returned);
            }
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new NotConfirmedException("interrupted: " + routingKey, e);
        } catch (TimeoutException | ShutdownSignalException e) {
            // A confirm that comes late would be taken for the next message's.
            abandon();
            throw new NotConfirmedException("not confirmed: " + routingKey, e);
        }
    }

    /** Declares a queue that goes by itself when it was not used for that long. */
    synchronized void declare(String queue, Map<String, Object> arguments) throws IOException {
        try {
            openChannel().queueDeclare(queue, true, false, false, arguments);
        } catch (ShutdownSignalException e) {
            abandon();
            throw new NotConfirmedException("not declared: " + queue, e);
        }
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

// Mistake:   no-confirms
// Wrong:     The retry is published without a confirm, and the delivery acknowledged.
// Shows as:  Payments vanish between two queues when the broker or the network has a bad moment.
// Caught in: step 3
// Says:      "before it was safe in another queue"
package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
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
            // The return comes before its confirm, which is an ack nevertheless.
            if (returned != null) {
                throw new NotConfirmedException("in no queue: " + returned);
            }
        } catch (ShutdownSignalException e) {
            // A confirm that comes late would be taken for the next message's.
            abandon();
            throw new NotConfirmedException("not confirmed: " + routingKey, e);
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

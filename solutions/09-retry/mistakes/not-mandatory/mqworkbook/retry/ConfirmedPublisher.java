// Mistake:   not-mandatory
// Wrong:     The retry is published without "mandatory": the broker confirms it although no queue took it.
// Shows as:  Somebody tidies up the queues, and from then on every failed payment vanishes.
// Caught in: step 3
// Says:      "before it was safe in another queue"; "no retry queue"
package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
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
            open.basicPublish(exchange, routingKey, false, properties, body);
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

// Mistake:   not-mandatory
// Wrong:     The message is not mandatory: one that no queue takes is confirmed as well.
// Shows as:  Somebody has tidied up the wait queues; timeouts are confirmed, and gone.
// Caught in: step 1
// Says:      "in no queue is reported as safe"; "wait queue had been deleted"
package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.NotConfirmedException;
import mqworkbook.delay.order.Timeout;

/** Puts timeouts into wait queues so that the caller knows: when {@link #send} returns, the timeout is in one. */
public final class TimeoutPublisher {

    private static final String DEFAULT_EXCHANGE = "";
    private static final boolean MANDATORY = false;

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
        try {
            Channel open = openChannel();
            returned = null;
            open.basicPublish(
                    DEFAULT_EXCHANGE,
                    names.waitQueue(bucket),
                    MANDATORY,
                    MessageProperties.PERSISTENT_TEXT_PLAIN,
                    timeout.text().getBytes(StandardCharsets.UTF_8));
            if (!open.waitForConfirms(confirmTimeout.toMillis())) {
                throw new NotConfirmedException("refused by the broker: " + timeout.text());
            }
            // The return comes before its confirm, which is an ack nevertheless.
            if (returned != null) {
                throw new NotConfirmedException("in no queue: " + timeout.text());
            }
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new NotConfirmedException("interrupted: " + timeout.text(), e);
        } catch (TimeoutException | ShutdownSignalException e) {
            abandon();
            throw new NotConfirmedException("not confirmed: " + timeout.text(), e);
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

    /** A confirm that comes late would be taken for the next message's. */
    private void abandon() throws IOException {
        if (channel != null) {
            channel.abort();
            channel = null;
        }
    }
}

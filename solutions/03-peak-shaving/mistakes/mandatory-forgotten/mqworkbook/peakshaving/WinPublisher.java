// Mistake:   mandatory-forgotten
// Wrong:     A message for which there is no queue is confirmed all the same; only mandatory brings it back.
// Shows as:  A typing error in the name of the queue, and the whole sale is won by people who never get anything.
// Caught in: step 3
// Says:      "told of a win that no queue has taken"; "no queue of that name"
package mqworkbook.peakshaving;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.peakshaving.sale.Answer;
import mqworkbook.peakshaving.sale.Confirms;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;

/** Publishes what was won, and says what became of it. Many threads use one publisher. */
public final class WinPublisher implements AutoCloseable {

    private static final int PERSISTENT = 2;
    private static final boolean MANDATORY = false;
    private static final String DEFAULT_EXCHANGE = "";

    private final Connection connection;
    private final SaleNames names;
    private final Duration confirmTimeout;

    // Guards the channel: number and publish belong together. Nobody waits for the broker while holding it.
    private final Object channelLock = new Object();
    private Channel channel;
    private Confirms confirms;

    public WinPublisher(ConnectionFactory broker, SaleNames names, Duration confirmTimeout)
            throws IOException, TimeoutException {
        this.connection = broker.newConnection("win publisher");
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /** Publishes a purchase to the queue; returns with the broker's answer, or after the time-out without one. */
    public Answer publish(Purchase purchase) {
        CompletableFuture<Answer> answer;
        synchronized (channelLock) {
            try {
                openChannel();
            } catch (IOException | ShutdownSignalException e) {
                // Nothing has left, so nothing can have arrived.
                return Answer.REFUSED;
            }
            long number = confirms.nextNumber();
            answer = confirms.expect(number);
            try {
                channel.basicPublish(
                        DEFAULT_EXCHANGE,
                        names.orders(),
                        MANDATORY,
                        properties(purchase, number),
                        purchase.text().getBytes(StandardCharsets.UTF_8));
            } catch (IOException | ShutdownSignalException e) {
                return Answer.UNKNOWN;
            }
        }
        return await(answer);
    }

    /** Gives the connection back. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void openChannel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            Channel fresh = connection.createChannel();
            confirms = Confirms.of(fresh);
            channel = fresh;
        }
    }

    private static AMQP.BasicProperties properties(Purchase purchase, long number) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .messageId(purchase.requestId())
                .correlationId(Long.toString(number))
                .build();
    }

    private Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.get(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.UNKNOWN;
        } catch (TimeoutException | ExecutionException e) {
            return Answer.UNKNOWN;
        }
    }
}

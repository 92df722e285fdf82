// Alternative: a pool of channels, each used by one thread at a time, and waitForConfirms on it. No books to keep,
// and no lock; as many channels as wins are on their way at the same time. A channel whose answer is in doubt is not
// used again.
package mqworkbook.peakshaving;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import mqworkbook.peakshaving.sale.Answer;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;

/** Publishes what was won, and says what became of it. Many threads use one publisher. */
public final class WinPublisher implements AutoCloseable {

    private static final int PERSISTENT = 2;
    private static final boolean MANDATORY = true;

    private final Connection connection;
    private final SaleNames names;
    private final Duration confirmTimeout;
    private final Queue<Own> idle = new ConcurrentLinkedQueue<>();

    public WinPublisher(ConnectionFactory broker, SaleNames names, Duration confirmTimeout)
            throws IOException, TimeoutException {
        this.connection = broker.newConnection("win publisher");
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /** Publishes a purchase to the queue; returns with the broker's answer, or after the time-out without one. */
    public Answer publish(Purchase purchase) {
        Own mine;
        try {
            mine = idleChannel();
        } catch (IOException | ShutdownSignalException e) {
            // Nothing has left, so nothing can have arrived.
            return Answer.REFUSED;
        }
        try {
            AMQP.BasicProperties persistent =
                    new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT).build();
            mine.returned = false;
            mine.channel.basicPublish(
                    "", names.orders(), MANDATORY, persistent, purchase.text().getBytes(StandardCharsets.UTF_8));
            boolean acknowledged = mine.channel.waitForConfirms(confirmTimeout.toMillis());
            // A return comes before its confirm.
            Answer answer = acknowledged && !mine.returned ? Answer.CONFIRMED : Answer.REFUSED;
            idle.add(mine);
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return inDoubt(mine);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            return inDoubt(mine);
        }
    }

    /** Gives the connection back. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    private Own idleChannel() throws IOException {
        for (Own next; (next = idle.poll()) != null; ) {
            if (next.channel.isOpen()) {
                return next;
            }
        }
        return new Own(connection.createChannel());
    }

    private static Answer inDoubt(Own mine) {
        // Closing asks the broker, which does not answer at the moment; the shopper does not wait for that.
        CompletableFuture.runAsync(() -> abort(mine.channel));
        return Answer.UNKNOWN;
    }

    private static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException e) {
            // It is not used again, either way.
        }
    }

    /** A channel, and whether its last message came back. */
    private static final class Own {

        private final Channel channel;
        private volatile boolean returned;

        Own(Channel channel) throws IOException {
            this.channel = channel;
            channel.confirmSelect();
            channel.addReturnListener(message -> returned = true);
        }
    }
}

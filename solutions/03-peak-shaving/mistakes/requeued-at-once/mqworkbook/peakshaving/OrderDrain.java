// Mistake:   requeued-at-once
// Wrong:     A purchase that cannot be written goes back to the queue, and comes again at once.
// Shows as:  The database restarts, is run over by the writers thousands of times a second, and goes down again.
// Caught in: step 4
// Says:      "hammered on without a pause"
package mqworkbook.peakshaving;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.peakshaving.sale.InvalidPurchaseException;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;

/** Makes orders of purchases, as fast as the database takes them, and no faster. */
public final class OrderDrain implements AutoCloseable {

    private static final boolean AUTO_ACK = false;

    private final ConnectionFactory broker;
    private final SaleNames names;
    private final OrderBook book;
    private final int concurrency;
    private final int prefetch;
    private final Duration pause;

    private final CountDownLatch closing = new CountDownLatch(1);
    private ExecutorService writers;
    private Connection connection;

    /**
     * A drain of the queue.
     *
     * @param concurrency how many orders it writes at the same time at most
     * @param prefetch how many purchases it may hold that are not yet acknowledged; not less than the concurrency
     * @param pause how long after a failed write it is tried again
     */
    public OrderDrain(
            ConnectionFactory broker, SaleNames names, OrderBook book, int concurrency, int prefetch, Duration pause) {
        this.broker = broker;
        this.names = names;
        this.book = book;
        this.concurrency = concurrency;
        this.prefetch = prefetch;
        this.pause = pause;
    }

    /** Begins to consume. */
    public void start() throws IOException, TimeoutException {
        // The client hands deliveries of one channel to one thread at a time: as many channels as writers.
        writers = Executors.newFixedThreadPool(concurrency, task -> {
            Thread thread = new Thread(task, "order writer");
            thread.setDaemon(true);
            return thread;
        });
        connection = broker.newConnection(writers, "order drain");
        for (int i = 0; i < concurrency; i++) {
            Channel channel = connection.createChannel();
            channel.basicQos(Math.max(1, prefetch / concurrency));
            channel.basicConsume(names.orders(), AUTO_ACK, (tag, delivery) -> onDelivery(channel, delivery), tag -> {});
        }
    }

    /** Stops; purchases that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        closing.countDown();
        try {
            if (connection != null) {
                connection.close();
            }
        } finally {
            if (writers != null) {
                writers.shutdown();
            }
        }
    }

    private void onDelivery(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            book.place(Purchase.parse(new String(delivery.getBody(), StandardCharsets.UTF_8)));
        } catch (InvalidPurchaseException poison) {
            channel.basicReject(tag, false);
            return;
        } catch (SQLException databaseIsBusy) {
            channel.basicNack(tag, false, true);
            return;
        }
        channel.basicAck(tag, false);
    }

    /**
     * Tries until it is written. A purchase that went back to the queue would come again at once, and again; here it waits,
     * and as long as it does, the drain takes nothing new for this writer.
     */
    private void write(Purchase purchase) throws InterruptedException {
        while (true) {
            try {
                book.place(purchase);
                return;
            } catch (SQLException databaseIsBusy) {
                if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("closed");
                }
            }
        }
    }
}

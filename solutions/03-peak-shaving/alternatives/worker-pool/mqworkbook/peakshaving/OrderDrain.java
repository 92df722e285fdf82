// Alternative: one channel and one prefetch limit for all, and a pool of writers behind it. The channel is
// acknowledged from many threads, so it is guarded. One limit in place of one for each channel: a slow write holds
// back nobody.
package mqworkbook.peakshaving;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
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
    private ExecutorService pool;
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
        pool = Executors.newFixedThreadPool(concurrency, task -> {
            Thread thread = new Thread(task, "order writer");
            thread.setDaemon(true);
            return thread;
        });
        connection = broker.newConnection("order drain");
        Channel channel = connection.createChannel();
        channel.basicQos(prefetch);
        channel.basicConsume(
                names.orders(), AUTO_ACK, (tag, delivery) -> pool.execute(() -> work(channel, delivery)), tag -> {});
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
            if (pool != null) {
                pool.shutdown();
            }
        }
    }

    private void work(Channel channel, Delivery delivery) {
        try {
            onDelivery(channel, delivery);
        } catch (IOException | ShutdownSignalException connectionIsGone) {
            // The broker delivers it again, and the table knows it.
        }
    }

    private void onDelivery(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            write(Purchase.parse(new String(delivery.getBody(), StandardCharsets.UTF_8)));
        } catch (InvalidPurchaseException poison) {
            synchronized (channel) {
                channel.basicReject(tag, false);
            }
            return;
        } catch (InterruptedException closed) {
            return;
        }
        synchronized (channel) {
            channel.basicAck(tag, false);
        }
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

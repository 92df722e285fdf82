package mqworkbook.peakshaving;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import mqworkbook.peakshaving.sale.SaleNames;
import mqworkbook.workbench.judge.Todo;

/** Makes orders of purchases, as fast as the database takes them, and no faster. */
public final class OrderDrain implements AutoCloseable {

    private final ConnectionFactory broker;
    private final SaleNames names;
    private final OrderBook book;
    private final int concurrency;
    private final int prefetch;
    private final Duration pause;

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
        throw new Todo(4, "Consume with a prefetch limit and so many writers, and acknowledge what is written.");
    }

    /** Stops; purchases that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

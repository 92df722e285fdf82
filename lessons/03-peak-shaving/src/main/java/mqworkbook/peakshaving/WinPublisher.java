package mqworkbook.peakshaving;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import mqworkbook.peakshaving.sale.Answer;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;
import mqworkbook.workbench.judge.Todo;

/** Publishes what was won, and says what became of it. Many threads use one publisher. */
public final class WinPublisher implements AutoCloseable {

    private final Connection connection;
    private final SaleNames names;
    private final Duration confirmTimeout;

    public WinPublisher(ConnectionFactory broker, SaleNames names, Duration confirmTimeout)
            throws IOException, TimeoutException {
        this.connection = broker.newConnection("win publisher");
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /** Publishes a purchase to the queue; returns with the broker's answer, or after the time-out without one. */
    public Answer publish(Purchase purchase) {
        throw new Todo(3, "Publish the purchase persistently and mandatorily, and wait for the answer to it.");
    }

    /** Gives the connection back. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}

package mqworkbook.retry;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.PaymentHandler;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.judge.Todo;

/**
 * Does the work of a {@link PaymentConsumer} while the gateway is up. While it is down for everyone, payments wait in
 * their queue, and their attempts are not used up. Now and then one of them is tried, each time another one, and when that
 * succeeds, all go on.
 */
public final class PausingConsumer implements AutoCloseable {

    private final ConnectionFactory broker;
    private final PaymentNames names;
    private final RetryPolicy policy;
    private final PaymentHandler handler;
    private final CircuitBreaker breaker;
    private final int prefetch;
    private final PaymentCodec codec = new PaymentCodec();

    private Connection connection;

    /**
     * A consumer that pauses.
     *
     * @param breaker knows whether the gateway is down for everyone
     * @param prefetch how many payments may be here and not yet acknowledged
     */
    public PausingConsumer(
            ConnectionFactory broker,
            PaymentNames names,
            RetryPolicy policy,
            PaymentHandler handler,
            CircuitBreaker breaker,
            int prefetch) {
        this.broker = broker;
        this.names = names;
        this.policy = policy;
        this.handler = handler;
        this.breaker = breaker;
        this.prefetch = prefetch;
    }

    /** Begins to consume. The queues are there. */
    public void start() throws IOException, TimeoutException {
        throw new Todo(
                6, "Consume while the breaker is closed; while it is open, wait, and try one payment at a time.");
    }

    /** Stops; payments that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

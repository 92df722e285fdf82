package mqworkbook.retry;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.workbench.judge.Todo;

/** Gives dead letters another chance, when the cause is mended. */
public final class Redrive {

    private final ConnectionFactory broker;
    private final PaymentNames names;
    private final Duration confirmTimeout;

    public Redrive(ConnectionFactory broker, PaymentNames names, Duration confirmTimeout) {
        this.broker = broker;
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /**
     * Moves dead letters back into the queue of payments, each with all its attempts before it. A payment is at each
     * moment in one of the two queues at least. What comes back among the dead letters meanwhile stays there.
     *
     * @param atMost how many to move
     * @return how many were moved
     * @throws IOException if one could not be moved; it is still among the dead letters
     */
    public int redrive(int atMost) throws IOException, TimeoutException {
        throw new Todo(
                7, "Move dead letters back to the queue of payments: safely, with a fresh budget, and then stop.");
    }
}

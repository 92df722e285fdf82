package mqworkbook.retry;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.judge.Todo;

/** Exchange, queues and bindings. Everything is declared idempotently and survives a restart of the broker. */
public final class RetryTopology {

    private static final boolean DURABLE = true;

    private final PaymentNames names;
    private final RetryPolicy policy;
    private final QueueType queueType;

    public RetryTopology(PaymentNames names, RetryPolicy policy, QueueType queueType) {
        this.names = names;
        this.policy = policy;
        this.queueType = queueType;
    }

    /**
     * Declares the exchange and the queue of payments, and the retry queues, from which a payment comes back into the
     * queue of payments, and nowhere else, when its rest is over.
     */
    public void declare(Channel channel) throws IOException {
        throw new Todo(3, "Declare exchange, queue and binding, and a retry queue for each delay.");
    }

    /** Declares the queue of dead letters. Called before {@link #declare}. */
    public void declareDeadLetters(Channel channel) throws IOException {
        throw new Todo(4, "Declare the queue of dead letters; what the broker itself gives up on ends there, too.");
    }

    private void declareQueue(Channel channel, String queue, Map<String, Object> arguments) throws IOException {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("x-queue-type", queueType.argument());
        channel.queueDeclare(queue, DURABLE, false, false, all);
    }
}

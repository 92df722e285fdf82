// Alternative: the retry queue for exactly this delay is declared when it is needed, and goes when it was not used for
// a while.
// Jitter to the millisecond, nothing to clean up after a change of the policy, and a queue that somebody deleted is
// back; it
// costs a declaration for each retry. For policies that change often.
package mqworkbook.retry;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryPolicy;

/** Exchange, queues and bindings. Everything is declared idempotently and survives a restart of the broker. */
public final class RetryTopology {

    private static final boolean DURABLE = true;

    /** Routes to the queue that has the routing key as its name, and to no other. */
    private static final String DEFAULT_EXCHANGE = "";

    private final PaymentNames names;
    private final QueueType queueType;

    public RetryTopology(PaymentNames names, RetryPolicy policy, QueueType queueType) {
        this.names = names;
        this.queueType = queueType;
    }

    /**
     * Declares the exchange and the queue of payments, and the retry queues, from which a payment comes back into the
     * queue of payments, and nowhere else, when its rest is over.
     */
    public void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(names.exchange(), BuiltinExchangeType.TOPIC, DURABLE);
        // Whatever the broker itself gives up on, for instance at a quorum queue's delivery limit, must not vanish.
        declareQueue(channel, names.queue(), deadLetteringTo(names.deadLetterQueue()));
        channel.queueBind(names.queue(), names.exchange(), PaymentNames.BINDING_KEY);
    }

    /** Declares the queue of dead letters. Called before {@link #declare}. */
    public void declareDeadLetters(Channel channel) throws IOException {
        declareQueue(channel, names.deadLetterQueue(), Map.of());
    }

    private void declareQueue(Channel channel, String queue, Map<String, Object> arguments) throws IOException {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("x-queue-type", queueType.argument());
        channel.queueDeclare(queue, DURABLE, false, false, all);
    }

    private static Map<String, Object> deadLetteringTo(String queue) {
        return Map.of("x-dead-letter-exchange", DEFAULT_EXCHANGE, "x-dead-letter-routing-key", queue);
    }
}

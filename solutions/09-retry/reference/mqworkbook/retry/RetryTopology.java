package mqworkbook.retry;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
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
        channel.exchangeDeclare(names.exchange(), BuiltinExchangeType.TOPIC, DURABLE);
        // Whatever the broker itself gives up on, for instance at a quorum queue's delivery limit, must not vanish.
        declareQueue(channel, names.queue(), deadLetteringTo(names.deadLetterQueue()));
        channel.queueBind(names.queue(), names.exchange(), PaymentNames.BINDING_KEY);
        for (Duration delay : new Backoff(policy).delays()) {
            // Straight into the queue: by way of the exchange every other team would get the payment once more.
            Map<String, Object> arguments = new HashMap<>(deadLetteringTo(names.queue()));
            arguments.put("x-message-ttl", delay.toMillis());
            declareQueue(channel, names.retryQueue(delay), arguments);
        }
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

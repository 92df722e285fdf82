package mqworkbook.workbench.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.brokers.Endpoint;

/**
 * The judge's own look at queues and exchanges, past every relay. Each question has a channel of its own, because
 * RabbitMQ answers "no" by closing the channel.
 */
public final class QueueProbe implements AutoCloseable {

    // Without x-consistent-hash, which the client lists too: it needs a plugin, and asking for it closes the
    // connection.
    private static final List<BuiltinExchangeType> BUILT_IN = List.of(
            BuiltinExchangeType.TOPIC,
            BuiltinExchangeType.DIRECT,
            BuiltinExchangeType.FANOUT,
            BuiltinExchangeType.HEADERS);

    private final Connection connection;
    private final Set<String> declared;

    QueueProbe(Endpoint broker, Set<String> declared) {
        this.declared = declared;
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        try {
            connection = factory.newConnection("judge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("RabbitMQ does not answer on port " + broker.port(), e);
        }
    }

    /** Something that is asked or done on a channel. */
    @FunctionalInterface
    public interface OnChannel<T> {
        T apply(Channel channel) throws IOException;
    }

    /** Does something on a channel of its own. */
    public <T> T on(OnChannel<T> question) {
        Channel channel = null;
        try {
            channel = connection.createChannel();
            return question.apply(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close(channel);
        }
    }

    /** Whether the queue is there. */
    public boolean exists(String queue) {
        return refusal(channel -> channel.queueDeclarePassive(queue)).isEmpty();
    }

    /** Messages in the queue that nobody holds; 0 if there is no such queue. */
    public long depth(String queue) {
        return exists(queue) ? on(channel -> channel.messageCount(queue)) : 0;
    }

    /** How many consumers the queue has. */
    public long consumers(String queue) {
        return exists(queue) ? on(channel -> channel.consumerCount(queue)) : 0;
    }

    /** Whether the queue's definition survives a restart of the broker. */
    public boolean durableQueue(String queue) {
        // Durability is compared before any argument, so a refusal for another reason says that it is durable.
        return refusal(channel -> channel.queueDeclare(queue, true, false, false, null))
                .map(reason -> !reason.contains("'durable'") && !reason.contains("RESOURCE_LOCKED"))
                .orElse(true);
    }

    /** Whether the exchange's definition survives a restart of the broker; true if there is no such exchange. */
    public boolean durableExchange(String exchange) {
        if (refusal(channel -> channel.exchangeDeclarePassive(exchange)).isPresent()) {
            return true;
        }
        // The type is compared before durability, so the right type must be found first.
        return BUILT_IN.stream()
                .map(type -> refusal(channel -> channel.exchangeDeclare(exchange, type, true))
                        .orElse(""))
                .noneMatch(reason -> reason.contains("'durable'"));
    }

    /** Takes the next message off the queue, if there is one. */
    public Optional<GetResponse> take(String queue) {
        return Optional.ofNullable(on(channel -> channel.basicGet(queue, true)));
    }

    /** Takes all messages off the queue. */
    public List<GetResponse> drain(String queue) {
        return on(channel -> {
            List<GetResponse> taken = new ArrayList<>();
            for (GetResponse next; (next = channel.basicGet(queue, true)) != null; ) {
                taken.add(next);
            }
            return taken;
        });
    }

    /** Takes the next message and rejects it, as a subscriber does with one that it cannot handle. */
    public boolean reject(String queue) {
        return on(channel -> {
            GetResponse next = channel.basicGet(queue, false);
            if (next == null) {
                return false;
            }
            channel.basicReject(next.getEnvelope().getDeliveryTag(), false);
            return true;
        });
    }

    /** Publishes as some other program would, and waits for the confirm. */
    public void publish(String exchange, String routingKey, byte[] body) {
        on(channel -> {
            channel.confirmSelect();
            AMQP.BasicProperties persistent =
                    new AMQP.BasicProperties.Builder().deliveryMode(2).build();
            channel.basicPublish(exchange, routingKey, persistent, body);
            try {
                channel.waitForConfirmsOrDie(5_000);
            } catch (InterruptedException | TimeoutException e) {
                throw new IOException("the judge's own publish was not confirmed", e);
            }
            return null;
        });
    }

    /** Declares a durable queue that the judge needs; it is removed with the test. */
    public void declare(String queue, Map<String, Object> arguments) {
        declared.add(queue);
        on(channel -> channel.queueDeclare(queue, true, false, false, arguments));
    }

    /** Binds a queue. */
    public void bind(String queue, String exchange, String bindingKey) {
        on(channel -> channel.queueBind(queue, exchange, bindingKey));
    }

    void remove(Collection<String> queues, Collection<String> exchanges) {
        queues.forEach(queue -> refusal(channel -> channel.queueDelete(queue)));
        exchanges.forEach(exchange -> refusal(channel -> channel.exchangeDelete(exchange)));
    }

    @Override
    public void close() {
        connection.abort(1_000);
    }

    private Optional<String> refusal(OnChannel<?> question) {
        try {
            on(question);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause().getCause() instanceof ShutdownSignalException shutdown && !shutdown.isHardError()) {
                return Optional.of(String.valueOf(shutdown.getReason()));
            }
            throw e;
        }
    }

    private static void close(Channel channel) {
        try {
            if (channel != null && channel.isOpen()) {
                channel.close();
            }
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            // The question was answered; the channel goes with the connection.
        }
    }
}

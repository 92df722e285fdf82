package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.InvalidTimeoutException;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;

/** Takes timeouts from the queue of what is due, and has each handled. */
public final class TimeoutConsumer implements AutoCloseable {

    private static final boolean AUTO_ACK = false;

    private final ConnectionFactory broker;
    private final DelayNames names;
    private final TimeoutHandler handler;
    private final int prefetch;
    private final Duration pause;
    private final ScheduledExecutorService returns = Executors.newSingleThreadScheduledExecutor();

    private Connection connection;

    /**
     * A consumer.
     *
     * @param prefetch how many timeouts may be here and not yet acknowledged
     * @param pause how long a timeout rests whose handler has failed
     */
    public TimeoutConsumer(
            ConnectionFactory broker, DelayNames names, TimeoutHandler handler, int prefetch, Duration pause) {
        this.broker = broker;
        this.names = names;
        this.handler = handler;
        this.prefetch = prefetch;
        this.pause = pause;
    }

    /** Begins to consume. A timeout whose handler has failed comes again; a message that is no timeout is thrown away. */
    public void start() throws IOException, TimeoutException {
        connection = broker.newConnection("timeouts");
        Channel channel = connection.createChannel();
        // Before basicConsume: the limit holds for consumers that come after it.
        channel.basicQos(prefetch);
        channel.basicConsume(names.dueQueue(), AUTO_ACK, (tag, delivery) -> onDelivery(channel, delivery), tag -> {});
    }

    /** Stops; timeouts that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        returns.shutdownNow();
        if (connection != null) {
            connection.close();
        }
    }

    private void onDelivery(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            handler.onTimeout(Timeout.parse(new String(delivery.getBody(), StandardCharsets.UTF_8)));
        } catch (InvalidTimeoutException poison) {
            channel.basicReject(tag, false);
            return;
        } catch (Exception failure) {
            returnLater(channel, tag);
            return;
        }
        // Last: whoever dies before this line has it delivered to another.
        channel.basicAck(tag, false);
    }

    /** Back into the queue, but not at once: while the database is down, this would be a loop. */
    private void returnLater(Channel channel, long tag) {
        try {
            returns.schedule(
                    () -> {
                        channel.basicNack(tag, false, true);
                        return null;
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The broker takes back what a closed connection has not acknowledged.
        }
    }
}

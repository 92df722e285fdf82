package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.workbench.judge.Todo;

/** Takes timeouts from the queue of what is due, and has each handled. */
public final class TimeoutConsumer implements AutoCloseable {

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
        throw new Todo(1, "Consume: have each timeout handled, and acknowledge it when that has worked.");
    }

    /** Stops; timeouts that are not acknowledged go back to the queue. */
    @Override
    public void close() throws IOException {
        returns.shutdownNow();
        if (connection != null) {
            connection.close();
        }
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

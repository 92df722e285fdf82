package mqworkbook.workbench.rabbitmq;

import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The ordinary connection factory, whose connections and channels are watched for misuse and can be ended. */
final class WatchedConnectionFactory extends ConnectionFactory {

    private final String actor;
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lingers = new AtomicInteger();
    private volatile boolean closed;

    WatchedConnectionFactory(String actor) {
        this.actor = actor;
        setExceptionHandler(new LearnerExceptionHandler(actor, () -> !closed));
    }

    // All other newConnection methods of amqp-client 5.37 end here.
    @Override
    public Connection newConnection(ExecutorService executor, AddressResolver resolver, String name)
            throws IOException, TimeoutException {
        Connection connection = super.newConnection(executor, resolver, name);
        connections.add(connection);
        if (closed) {
            connection.abort(0);
        }
        return Watching.connection(connection, this::watch);
    }

    void provokeRaces() {
        lingers.set(ChannelWatch.LINGERS);
    }

    /** Ends every connection at once, and those that are still to come. */
    void abortAll() {
        closed = true;
        connections.forEach(connection -> connection.abort(0));
    }

    private Channel watch(Channel channel) {
        return channel == null ? null : new ChannelWatch(actor, channel, lingers).watched();
    }
}

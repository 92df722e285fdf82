package mqworkbook.workbench.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.InetSocketAddress;
import java.time.Duration;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.judge.QuietClients;

/** Lettuce clients that share their threads, which take longer to start than a connection. */
final class LettuceClients {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The client's default waits up to 30 s between tries to reconnect; a lesson does not. */
    private static final Duration RECONNECT = Duration.ofMillis(50);

    static {
        // Where no test launcher has done it: a payoff runs without one.
        QuietClients.silence();
    }

    private static final class Holder {
        static final ClientResources RESOURCES = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(RECONNECT))
                .build();
    }

    private LettuceClients() {}

    /** A client that connects there, as the broker's user. */
    static RedisClient open(InetSocketAddress address, Endpoint broker, String name) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(address.getHostString())
                .withPort(address.getPort())
                .withClientName(name.replace(' ', '-'))
                .withTimeout(TIMEOUT);
        if (!broker.username().isEmpty()) {
            uri.withAuthentication(broker.username(), broker.password().toCharArray());
        } else if (!broker.password().isEmpty()) {
            uri.withPassword(broker.password().toCharArray());
        }
        RedisClient client = RedisClient.create(Holder.RESOURCES, uri.build());
        client.setOptions(ClientOptions.builder()
                .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
                .build());
        return client;
    }

    static void close(RedisClient client) {
        client.shutdown(Duration.ZERO, TIMEOUT);
    }
}

package mqworkbook.workbench.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.judge.QuietClients;

/** Makes Lettuce clients, each with a single I/O thread, and ends them. */
final class LettuceClients {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What an I/O thread that is held up by somebody's listener is given to come to its end. */
    private static final long CLOSE_MILLIS = 1_000;

    static {
        // Where no test launcher has done it: a payoff runs without one.
        QuietClients.silence();
    }

    private LettuceClients() {}

    /** A client that connects there, as the broker's user. */
    static WatchedRedisClient open(InetSocketAddress address, Endpoint broker, String name) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(address.getHostString())
                .withPort(address.getPort())
                .withClientName(clientName(name))
                .withTimeout(TIMEOUT);
        if (!broker.username().isEmpty()) {
            uri.withAuthentication(broker.username(), broker.password().toCharArray());
        } else if (!broker.password().isEmpty()) {
            uri.withPassword(broker.password().toCharArray());
        }
        WatchedRedisClient client = new WatchedRedisClient(name, new IoThread(name), uri.build());
        client.setOptions(ClientOptions.builder()
                .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
                .build());
        return client;
    }

    /** Names of clients have no blanks. */
    static String clientName(String name) {
        return name.replaceAll("[^A-Za-z0-9.-]+", "-");
    }

    static void close(WatchedRedisClient client) {
        try {
            client.shutdownAsync(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Its thread is held up; it is let go of below, and ends with the process at the latest.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.io().close();
        }
    }
}

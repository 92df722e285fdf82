package mqworkbook.workbench.brokers.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.process.Readiness;

/** Logs in to a server and reads from the handshake what it is. */
final class ServerCheck {

    static final String SUPPORTED = "3.10 to 4.x";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int CONNECT_MILLIS = 2_000;
    private static final int HANDSHAKE_MILLIS = 5_000;

    private ServerCheck() {}

    /** What a server tells of itself on connecting: its version, and its cluster, by default {@code NODE@HOST}. */
    record Identity(String version, String cluster) {}

    /** Logs in and out. */
    static Identity identify(Endpoint endpoint) throws IOException {
        try (Connection connection = factory(endpoint).newConnection("workbook: server check")) {
            Map<String, Object> properties = connection.getServerProperties();
            return new Identity(
                    String.valueOf(properties.get("version")), String.valueOf(properties.get("cluster_name")));
        } catch (TimeoutException e) {
            throw new IOException("the server did not answer within " + HANDSHAKE_MILLIS + " ms", e);
        }
    }

    /** The version of the server. */
    static String version(Endpoint endpoint) throws IOException {
        return identify(endpoint).version();
    }

    /** The same, trying until a client can log in. */
    static String awaitVersion(Endpoint endpoint, Duration limit) {
        return Readiness.await(BrokerKind.RABBITMQ, endpoint, limit, () -> version(endpoint));
    }

    /** Throws when the workbook's lessons do not hold for that version. */
    static void requireSupported(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (matcher.matches()) {
            int major = Integer.parseInt(matcher.group(1));
            int minor = Integer.parseInt(matcher.group(2));
            if (major == 4 || (major == 3 && minor >= 10)) {
                return;
            }
        }
        throw new BrokerUnavailableException("RabbitMQ " + version + " is not supported, the workbook needs "
                + SUPPORTED + ": install one of these, or start Docker and run with -Dbrokers=docker");
    }

    private static ConnectionFactory factory(Endpoint endpoint) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(endpoint.host());
        factory.setPort(endpoint.port());
        factory.setUsername(endpoint.username());
        factory.setPassword(endpoint.password());
        factory.setVirtualHost(endpoint.virtualHost());
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(HANDSHAKE_MILLIS);
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }
}

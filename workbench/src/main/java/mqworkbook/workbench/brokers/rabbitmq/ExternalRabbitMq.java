package mqworkbook.workbench.brokers.rabbitmq;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;

/** A RabbitMQ that somebody else runs, named by {@code -Drabbitmq.uri} or {@code MQ_WORKBOOK_RABBITMQ_URI}. */
public final class ExternalRabbitMq implements Broker {

    static final String EXAMPLE = "-Drabbitmq.uri=amqp://user:password@host:5672/vhost";

    private static final String PROPERTY = "rabbitmq.uri";
    private static final String VARIABLE = "MQ_WORKBOOK_RABBITMQ_URI";
    private static final Duration TIMER_PRECISION = Duration.ofMillis(500);

    private final Endpoint endpoint;
    private String version;

    private ExternalRabbitMq(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Whether an address was given. */
    static boolean isNamed() {
        String uri = setting();
        return uri != null && !uri.isBlank();
    }

    /** The broker at the address that was given. */
    static ExternalRabbitMq ofSetting() {
        if (!isNamed()) {
            throw new BrokerUnavailableException(
                    "An external RabbitMQ needs its address: add " + EXAMPLE + ", or set " + VARIABLE);
        }
        return at(setting().strip());
    }

    /** The broker at an AMQP URI; TLS ({@code amqps}) is refused, since the relay in front has to see the wire. */
    static ExternalRabbitMq at(String uri) {
        ConnectionFactory parser = new ConnectionFactory();
        try {
            parser.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw new BrokerUnavailableException(
                    "The address in " + PROPERTY + " cannot be read: write it like " + EXAMPLE, e);
        }
        if (parser.isSSL()) {
            throw new BrokerUnavailableException(
                    "The address in " + PROPERTY + " asks for TLS, which the workbook cannot look into: use amqp://");
        }
        return new ExternalRabbitMq(new Endpoint(
                parser.getHost(),
                parser.getPort(),
                parser.getUsername(),
                parser.getPassword(),
                parser.getVirtualHost()));
    }

    private static String setting() {
        return System.getProperty(PROPERTY, System.getenv(VARIABLE));
    }

    /** Host, port and virtual host, without the password. */
    String address() {
        String virtualHost = endpoint.virtualHost().equals("/") ? "" : "/" + endpoint.virtualHost();
        return endpoint.host() + ":" + endpoint.port() + virtualHost;
    }

    @Override
    public BrokerKind kind() {
        return BrokerKind.RABBITMQ;
    }

    @Override
    public synchronized void start() {
        if (version != null) {
            return;
        }
        try {
            String found = ServerCheck.version(endpoint);
            ServerCheck.requireSupported(found);
            version = found;
        } catch (AuthenticationFailureException e) {
            throw new BrokerUnavailableException(
                    "The RabbitMQ at " + address() + " refuses the user " + endpoint.username()
                            + ": correct user and password in " + PROPERTY,
                    e);
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "No RabbitMQ lets a client in at " + address() + ": check that it runs there, or correct "
                            + PROPERTY + " (" + EXAMPLE + ")",
                    e);
        }
    }

    /** Leaves the broker alone: it is not ours. */
    @Override
    public void stop() {}

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public synchronized Capabilities capabilities() {
        return new Capabilities(
                version,
                false,
                "the RabbitMQ at " + address() + " is run by somebody else, so it is not restarted",
                TIMER_PRECISION);
    }

    @Override
    public String describe() {
        return "RabbitMQ " + version + ", external at " + address();
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException(capabilities().whyNotRestartable());
    }
}

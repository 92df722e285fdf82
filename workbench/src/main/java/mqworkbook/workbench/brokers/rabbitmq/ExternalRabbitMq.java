package mqworkbook.workbench.brokers.rabbitmq;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.external.ExternalAddress;
import mqworkbook.workbench.brokers.external.ExternalBroker;

/** A RabbitMQ that somebody else runs, named by an AMQP URI. */
public final class ExternalRabbitMq extends ExternalBroker {

    public static final ExternalAddress ADDRESS =
            new ExternalAddress(BrokerKind.RABBITMQ, "rabbitmq.uri", "amqp://user:password@host:5672/vhost");

    private ExternalRabbitMq(Endpoint endpoint) {
        super(ADDRESS, endpoint);
    }

    /** The broker at an AMQP URI; TLS ({@code amqps}) is refused, since the relay in front has to see the wire. */
    public static ExternalRabbitMq at(String uri) {
        ConnectionFactory parser = new ConnectionFactory();
        try {
            parser.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw ADDRESS.malformed(e);
        }
        if (parser.isSSL()) {
            throw new BrokerUnavailableException("The address in " + ADDRESS.property()
                    + " asks for TLS, which the workbook cannot look into: use amqp://");
        }
        return new ExternalRabbitMq(new Endpoint(
                parser.getHost(),
                parser.getPort(),
                parser.getUsername(),
                parser.getPassword(),
                parser.getVirtualHost()));
    }

    @Override
    public String address() {
        String virtualHost = endpoint().virtualHost();
        return super.address() + (virtualHost.equals("/") ? "" : "/" + virtualHost);
    }

    @Override
    protected String askVersion() throws IOException {
        try {
            return ServerCheck.version(endpoint());
        } catch (AuthenticationFailureException e) {
            throw new RefusedException(e);
        }
    }

    @Override
    protected void requireSupported(String found) {
        ServerCheck.requireSupported(found);
    }
}

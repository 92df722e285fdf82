package mqworkbook.workbench.brokers.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.brokers.Endpoint;

/** Plain client connections for tests. */
public final class Clients {

    private Clients() {}

    public static Connection connect(Endpoint endpoint) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(endpoint.host());
        factory.setPort(endpoint.port());
        factory.setUsername(endpoint.username());
        factory.setPassword(endpoint.password());
        factory.setVirtualHost(endpoint.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }
}

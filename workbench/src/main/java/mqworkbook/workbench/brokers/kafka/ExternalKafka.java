package mqworkbook.workbench.brokers.kafka;

import java.io.IOException;
import java.net.URI;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.external.ExternalAddress;
import mqworkbook.workbench.brokers.external.ExternalBroker;
import org.apache.kafka.common.errors.AuthenticationException;

/** A Kafka cluster that somebody else runs, named by one of its brokers; the others are found through it. */
public final class ExternalKafka extends ExternalBroker {

    public static final ExternalAddress ADDRESS = new ExternalAddress(BrokerKind.KAFKA, "kafka.bootstrap", "host:9092");

    private ExternalKafka(Endpoint endpoint) {
        super(ADDRESS, endpoint);
    }

    /** The cluster at {@code [USER:PASSWORD@]HOST:PORT}, without TLS; a user logs in with SASL/PLAIN. */
    public static ExternalKafka at(String text) {
        try {
            URI uri = URI.create("kafka://" + text);
            if (uri.getHost() == null || uri.getPort() < 0) {
                throw ADDRESS.malformed(null);
            }
            String[] login = (uri.getUserInfo() == null ? ":" : uri.getUserInfo()).split(":", 2);
            return new ExternalKafka(
                    new Endpoint(uri.getHost(), uri.getPort(), login[0], login.length < 2 ? "" : login[1], ""));
        } catch (IllegalArgumentException e) {
            throw ADDRESS.malformed(e);
        }
    }

    @Override
    protected String askVersion() throws IOException {
        try {
            return KafkaCheck.version(endpoint());
        } catch (IOException e) {
            throw e.getCause() instanceof AuthenticationException ? new RefusedException(e) : e;
        }
    }

    @Override
    protected void requireSupported(String found) {
        KafkaCheck.requireSupported(found);
    }
}

package mqworkbook.workbench.brokers.kafka;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/**
 * Connects to a cluster and asks what it can do. A broker does not tell its version, but the features that are switched
 * on: {@code metadata.version} grows with each release, {@code group.version} 1 came with 4.0.
 *
 * @see <a href="https://kafka.apache.org/44/operations/basic-kafka-operations/">Kafka 4.4, feature versions</a>
 */
final class KafkaCheck {

    static final String SUPPORTED = "4.0 or newer";

    private static final String OLD = "before 4.0";
    private static final int MILLIS = 5_000;

    private KafkaCheck() {}

    /** {@code metadata 29}, or {@link #OLD}. */
    static String version(Endpoint endpoint) throws IOException {
        Map<String, Object> settings = KafkaLogin.settings(endpoint);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, endpoint.host() + ":" + endpoint.port());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, MILLIS);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 20);
        try (Admin admin = Admin.create(settings)) {
            Map<String, FinalizedVersionRange> features = admin.describeFeatures()
                    .featureMetadata()
                    .get(MILLIS, TimeUnit.MILLISECONDS)
                    .finalizedFeatures();
            FinalizedVersionRange metadata = features.get("metadata.version");
            return metadata == null || !features.containsKey("group.version")
                    ? OLD
                    : "(metadata " + metadata.maxVersionLevel() + ")";
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("Waiting for Kafka was interrupted", e);
        }
    }

    static void requireSupported(String found) {
        if (found.equals(OLD)) {
            throw new BrokerUnavailableException("Kafka " + OLD + " is not supported, the workbook needs " + SUPPORTED
                    + ": name a newer one, or run with -Dbrokers=local");
        }
    }
}

package mqworkbook.workbench.kafka;

import java.util.HashMap;
import java.util.Map;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.kafka.KafkaLogin;
import mqworkbook.workbench.fixture.ActorClient;
import mqworkbook.workbench.wire.Relay;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** One actor's way to Kafka: a relay that can be disturbed, and the settings of clients that go through it. */
public final class KafkaClient extends ActorClient {

    private final Map<String, Object> settings;

    KafkaClient(String actor, Relay relay, Endpoint broker) {
        super(actor, relay);
        settings = basics(broker);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, actor.replace(' ', '-'));
        // The defaults are a second and more; a lesson does not wait that long.
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 20);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    }

    /** What any client has here: its login, and no metrics for anybody outside of it, which nobody reads. */
    static Map<String, Object> basics(Endpoint broker) {
        Map<String, Object> settings = KafkaLogin.settings(broker);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        return settings;
    }

    /** Where clients begin: {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return relay().address().getHostString() + ":" + relay().port();
    }

    /** Settings for a producer, a consumer or an admin client; a copy, to be added to. */
    public Map<String, Object> settings() {
        return new HashMap<>(settings);
    }

    /** Settings for a consumer; a copy, to be added to. */
    public Map<String, Object> consumerSettings() {
        Map<String, Object> consuming = settings();
        // A consumer that closes, or gives a partition back, awaits the answer to its last fetch; half a second by
        // default.
        consuming.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return consuming;
    }
}

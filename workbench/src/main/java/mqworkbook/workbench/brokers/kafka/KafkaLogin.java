package mqworkbook.workbench.brokers.kafka;

import java.util.HashMap;
import java.util.Map;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/** What a Kafka client is given so that it is let in. */
public final class KafkaLogin {

    private KafkaLogin() {}

    /** Settings for any client: none without a user, else SASL/PLAIN over plain text. */
    public static Map<String, Object> settings(Endpoint broker) {
        Map<String, Object> settings = new HashMap<>();
        if (!broker.username().isEmpty()) {
            settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
            settings.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
            settings.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                            .formatted(quoted(broker.username()), quoted(broker.password())));
        }
        return settings;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

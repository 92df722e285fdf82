package mqworkbook.async;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.workbench.kafka.TopicProbe;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The two protocols by which a group shares its partitions; answers must work with both. */
enum GroupKind {
    /** The members agree among themselves; the client sets the times. */
    CLASSIC {
        @Override
        Map<String, Object> settings() {
            Map<String, Object> settings = new HashMap<>();
            settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
            // How soon a member hears that another has come; three seconds by default.
            settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 150);
            // How soon the group hears that one is gone; 45 seconds by default.
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 3_000);
            return settings;
        }

        @Override
        void sessionTimeout(Duration timeout, Map<String, Object> settings, TopicProbe topics, String group) {
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        }
    },

    /** The broker decides, and has the times (KIP-848). */
    CONSUMER {
        @Override
        Map<String, Object> settings() {
            return Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        }

        @Override
        void sessionTimeout(Duration timeout, Map<String, Object> settings, TopicProbe topics, String group) {
            topics.sessionTimeout(group, timeout);
        }
    };

    abstract Map<String, Object> settings();

    abstract void sessionTimeout(Duration timeout, Map<String, Object> settings, TopicProbe topics, String group);
}

package mqworkbook.logs;

import java.util.Map;
import java.util.function.Predicate;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.kafka.KafkaClient;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A machine on which one consumer runs, with its own way to Kafka, to the disk and to the pager. When it dies, all of them
 * end for it at once; it can be made to die at a named point of its work.
 */
final class Machine {

    private final String name;
    private final KafkaClient client;
    private final Runnable bury;
    private volatile Predicate<String> deadly = point -> false;
    private volatile boolean dead;

    /**
     * A machine that lives.
     *
     * @param bury tells the group, when it is dead
     */
    Machine(String name, KafkaClient client, Runnable bury) {
        this.name = name;
        this.client = client;
        this.bury = bury;
    }

    String name() {
        return name;
    }

    KafkaClient client() {
        return client;
    }

    /** As which the group knows its consumer. */
    static String clientId(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "-");
    }

    boolean isDead() {
        return dead;
    }

    Map<String, Object> consumerSettings() {
        Map<String, Object> settings = client.consumerSettings();
        // How soon a member hears that another has come; three seconds by default.
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 150);
        // How soon the group hears that one is gone; 45 seconds by default.
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(name));
        return settings;
    }

    /** The machine dies when its consumer comes to this point. */
    Machine dyingAt(Predicate<String> point) {
        deadly = point;
        return this;
    }

    /** Power off. */
    void die() {
        dead = true;
        client.die();
        bury.run();
    }

    /** The consumer comes to a point of its work. */
    void reach(String point) {
        if (!dead && deadly.test(point)) {
            die();
        }
        if (dead) {
            throw new ProcessDied(name);
        }
    }
}

package mqworkbook.ordering.shop;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.remoting.RPCHook;

/**
 * Makes RocketMQ's clients, not started, with what each needs to get in, and nothing else set.
 *
 * @param nameServer {@code HOST:PORT}
 * @param login signs requests, where the broker asks for it
 * @param routeRefresh how often a client asks which queues a topic has; 30 s by default, and until then it knows nothing
 *     of new ones
 */
public record Connections(String nameServer, Optional<RPCHook> login, Duration routeRefresh) {

    /** A producer. */
    public DefaultMQProducer producer(String group) {
        return configured(new DefaultMQProducer(group, login.orElse(null)));
    }

    /** A consumer. */
    public DefaultMQPushConsumer consumer(String group) {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        if (login.isPresent()) {
            consumer = new DefaultMQPushConsumer(null, group, login.get());
        }
        return configured(consumer);
    }

    private <C extends ClientConfig> C configured(C client) {
        client.setNamesrvAddr(nameServer);
        // Clients of one process and one name share their connections, and then their name server too.
        client.setInstanceName(UUID.randomUUID().toString());
        client.setPollNameServerInterval((int) routeRefresh.toMillis());
        return client;
    }
}

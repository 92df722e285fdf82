package mqworkbook.ordering;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts changes of orders into their partitions, many under way at a time. Many threads use one publisher. */
public final class KafkaOrderPublisher implements AutoCloseable {

    private final String topic;
    private final Duration timeout;
    private final KafkaProducer<String, byte[]> producer;

    /**
     * A publisher with a producer of its own.
     *
     * @param kafka settings of any client: where Kafka is, and how to log in
     * @param timeout how long a change may take until it is known to be in its partition, all attempts together
     */
    public KafkaOrderPublisher(Map<String, Object> kafka, String topic, Duration timeout) {
        this.topic = topic;
        this.timeout = timeout;
        this.producer =
                new KafkaProducer<>(settings(kafka, timeout), new StringSerializer(), new ByteArraySerializer());
    }

    /** What the producer needs so that an attempt that is repeated neither copies nor overtakes. */
    private static Map<String, Object> settings(Map<String, Object> kafka, Duration timeout) {
        throw new Todo(7, "Set what keeps the order when an attempt is repeated, and what ends it in time.");
    }

    /**
     * Sends a change, with the order id as the record's key, behind those of its order that were given before. Does not
     * wait.
     *
     * @return done when the broker has the change; failed with a {@link NotSentException} if that is not known in time
     */
    public CompletableFuture<Void> publish(OrderEvent change) {
        throw new Todo(7, "Send the change by its key, and tell how that ended.");
    }

    /** Gives the producer back. */
    @Override
    public void close() {
        producer.close(timeout);
    }
}

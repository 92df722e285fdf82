// Mistake:   future-done-at-once
// Wrong:     send() has returned, so the change counts as sent; its failure is in the log file.
// Shows as:  After a night without a broker thousands of changes are marked as sent, and in no partition.
// Caught in: step 7
// Says:      "has not answered"; "send() that has returned"
package mqworkbook.ordering;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderEvent;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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
        Map<String, Object> settings = new HashMap<>(kafka);
        // The defaults of today, said aloud: with a number for each batch the broker refuses copies, and what comes
        // early.
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // With numbers, up to five keep their order; without, one would be the limit.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // An attempt takes a part of the time, so that there is another one. The defaults: half a minute, two minutes.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis() / 3);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
        return settings;
    }

    /**
     * Sends a change, with the order id as the record's key, behind those of its order that were given before. Does not
     * wait.
     *
     * @return done when the broker has the change; failed with a {@link NotSentException} if that is not known in time
     */
    public CompletableFuture<Void> publish(OrderEvent change) {
        CompletableFuture<Void> known = new CompletableFuture<>();
        try {
            producer.send(new ProducerRecord<>(topic, change.orderId(), change.write()), (metadata, failure) -> {
                if (failure != null) {
                    System.getLogger("orders").log(System.Logger.Level.WARNING, change + " was not sent", failure);
                }
            });
            known.complete(null);
        } catch (KafkaException e) {
            known.completeExceptionally(new NotSentException(change, e));
        }
        return known;
    }

    /** Gives the producer back. */
    @Override
    public void close() {
        producer.close(timeout);
    }
}

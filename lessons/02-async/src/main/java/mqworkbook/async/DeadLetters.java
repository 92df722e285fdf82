package mqworkbook.async;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import mqworkbook.async.video.DeadLetter;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sets records aside that cannot be processed, with all that is known about why. */
public final class DeadLetters implements AutoCloseable {

    private final VideoTopics topics;
    private final KafkaProducer<String, byte[]> producer;

    /** Kafka's defaults are what is needed here: acks=all, idempotent, retried for two minutes. */
    public DeadLetters(Map<String, Object> kafka, VideoTopics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Copies the record, key, value and headers, into the dead-letter topic with the headers of {@link DeadLetter}; returns
     * when it is in the log.
     */
    public void publish(ConsumerRecord<String, byte[]> record, Exception cause, int attempts)
            throws ExecutionException, InterruptedException {
        throw new Todo(
                4,
                "Copy the record into the dead-letter topic, with the cause in its headers, and wait until the log has it.");
    }

    /** Gives the producer back. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}

// Mistake:   letter-not-awaited
// Wrong:     The dead letter is sent, and the job committed, before the log has the letter.
// Shows as:  A broker restarts, and the only trace of some videos is gone.
// Caught in: step 4
// Says:      "dead letter was safe"; "V-"
package mqworkbook.async;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import mqworkbook.async.video.DeadLetter;
import mqworkbook.async.video.VideoTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(topics.deadLetters(), null, record.key(), record.value(), record.headers());
        header(letter, DeadLetter.CAUSE, cause.toString());
        header(letter, DeadLetter.ATTEMPTS, Integer.toString(attempts));
        header(letter, DeadLetter.TOPIC, record.topic());
        header(letter, DeadLetter.PARTITION, Integer.toString(record.partition()));
        header(letter, DeadLetter.OFFSET, Long.toString(record.offset()));
        producer.send(letter);
    }

    /** Gives the producer back. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

package mqworkbook.workbench.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic with one partition; the producer, idempotent by default, connects again by itself. */
final class KafkaTrial extends Trial {

    private static final int DELIVERY_MILLIS = 10_000;

    private final KafkaFixture fixture;
    private KafkaProducer<String, String> producer;

    KafkaTrial(KafkaFixture fixture) {
        super(fixture);
        this.fixture = fixture;
    }

    @Override
    public void publish(String name, String text) throws IOException {
        String topic = fixture.prefix() + name;
        if (producer == null) {
            Map<String, Object> settings = fixture.client(ACTOR).settings();
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        }
        if (!fixture.topics().exists(topic)) {
            fixture.topics().create(topic, 1, Map.of());
        }
        try {
            producer.send(new ProducerRecord<>(topic, text)).get();
        } catch (ExecutionException e) {
            throw new IOException("Kafka has not taken the record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public List<String> read(String name) {
        return fixture.topics().read(fixture.prefix() + name).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        super.close();
    }
}

package mqworkbook.transactions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.transactions.invoice.InvoiceNames;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads invoices from the first one on, for people; it belongs to no group. */
public final class InvoiceReader implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;

    /** @param settings of consumers: where Kafka is */
    public InvoiceReader(Map<String, Object> settings, InvoiceNames names) {
        Map<String, Object> reading = new HashMap<>(settings);
        // The default is read_uncommitted, which shows what was aborted too.
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(names.invoices()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has come since the last time, waiting for it a while; perhaps nothing. */
    public List<String> next(Duration atMost) {
        List<String> invoices = new ArrayList<>();
        consumer.poll(atMost).forEach(invoice -> invoices.add(invoice.value()));
        return invoices;
    }

    @Override
    public void close() {
        consumer.close();
    }
}

package mqworkbook.transactions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import mqworkbook.transactions.invoice.InvoiceNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads invoices from the first one on, for people; it belongs to no group. */
public final class InvoiceReader implements AutoCloseable {

    private KafkaConsumer<String, String> consumer;

    /** @param settings of consumers: where Kafka is */
    public InvoiceReader(Map<String, Object> settings, InvoiceNames names) {
        throw new Todo(6, "Open a consumer of all partitions of the invoices that counts only what was committed.");
    }

    /** What has come since the last time, waiting for it a while; perhaps nothing. */
    public List<String> next(Duration atMost) {
        throw new Todo(6, "Return the invoices that have come.");
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}

package mqworkbook.transactions;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import mqworkbook.transactions.invoice.InvoiceNames;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The judge's own writer of invoices: one in each transaction, committed or aborted by hand. */
final class Ledger implements AutoCloseable {

    private final InvoiceNames names;
    private final KafkaProducer<String, String> producer;

    Ledger(Map<String, Object> settings, InvoiceNames names) {
        this.names = names;
        Map<String, Object> writing = new HashMap<>(settings);
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "ledger-" + UUID.randomUUID());
        producer = new KafkaProducer<>(writing, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
    }

    /** Begins a transaction; returns when its invoice is in the log. */
    String write() {
        String invoice = "L-" + UUID.randomUUID().toString().substring(0, 8);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(names.invoices(), invoice, invoice));
        producer.flush();
        return invoice;
    }

    /** An order that is written and taken back. */
    void abort(Order order) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(
                names.orders(), order.orderId(), new String(OrderMessages.body(order), StandardCharsets.UTF_8)));
        producer.flush();
        producer.abortTransaction();
    }

    void abort() {
        producer.abortTransaction();
    }

    void commit() {
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}

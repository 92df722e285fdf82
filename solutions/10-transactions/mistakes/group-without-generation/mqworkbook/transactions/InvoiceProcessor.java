// Mistake:   group-without-generation
// Wrong:     The offsets go into the transaction with the group's name alone, not with the consumer's place in the
// group.
// Shows as:  A process that was slow for some minutes writes invoices a second time that another one has written
// meanwhile.
// Caught in: step 6
// Says:      "more than one invoice"
package mqworkbook.transactions;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.transactions.invoice.InvoiceNames;
import mqworkbook.transactions.invoice.Invoicer;
import mqworkbook.transactions.shop.OrderMessages;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads orders and writes invoices, each exactly once, as long as both are in Kafka. */
public final class InvoiceProcessor implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final InvoiceNames names;
    private final String instance;
    private final Invoicer invoicer;

    private volatile boolean closed;
    private volatile KafkaConsumer<String, byte[]> consumer;

    /**
     * A process of invoicing.
     *
     * @param settings of producers and consumers: where Kafka is
     * @param instance names this process over its restarts; no two processes have the same, except where one is taken for
     *     dead and another one takes its place
     */
    public InvoiceProcessor(Map<String, Object> settings, InvoiceNames names, String instance, Invoicer invoicer) {
        this.settings = settings;
        this.names = names;
        this.instance = instance;
        this.invoicer = invoicer;
    }

    /**
     * Reads, works and writes until it is closed. When the invoicer fails, nothing of this transaction counts, and the
     * same orders are read again. What was written to the orders in a transaction that is not committed is no order.
     *
     * @throws RuntimeException when another process has taken this one's place, or Kafka cannot be worked with
     */
    public void run() {
        try (KafkaProducer<String, String> producer = producer();
                KafkaConsumer<String, byte[]> opened = consumer()) {
            consumer = opened;
            // Ends what a dead process of this name has left open, and shuts out one that only seems dead.
            producer.initTransactions();
            consumer.subscribe(List.of(names.orders()));
            while (!closed) {
                ConsumerRecords<String, byte[]> orders = consumer.poll(POLL);
                if (!orders.isEmpty()) {
                    write(producer, orders);
                }
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private void write(KafkaProducer<String, String> producer, ConsumerRecords<String, byte[]> orders) {
        try {
            producer.beginTransaction();
            for (ConsumerRecord<String, byte[]> order : orders) {
                producer.send(new ProducerRecord<>(
                        names.invoices(), order.key(), invoicer.invoice(OrderMessages.read(order.value()))));
            }
            producer.sendOffsetsToTransaction(next(orders), new ConsumerGroupMetadata(names.group()));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException tookOver) {
            // Somebody else works under this name now. Nothing that this process does may count any more.
            throw tookOver;
        } catch (RuntimeException failed) {
            producer.abortTransaction();
            rewind(orders);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> next(ConsumerRecords<String, byte[]> orders) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> order : orders) {
            next.put(new TopicPartition(order.topic(), order.partition()), new OffsetAndMetadata(order.offset() + 1));
        }
        return next;
    }

    /** The abort takes back what was written. What was read is the consumer's business, and it has gone on. */
    private void rewind(ConsumerRecords<String, byte[]> orders) {
        for (TopicPartition partition : orders.partitions()) {
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, orders.records(partition).get(0).offset());
            }
        }
    }

    private KafkaProducer<String, String> producer() {
        Map<String, Object> producing = new HashMap<>(settings);
        producing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, names.group() + "-" + instance);
        return new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> consuming = new HashMap<>(settings);
        consuming.put(ConsumerConfig.GROUP_ID_CONFIG, names.group());
        consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consuming.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(consuming, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Ends {@link #run()} soon, from any thread. */
    @Override
    public void close() {
        closed = true;
        if (consumer != null) {
            consumer.wakeup();
        }
    }
}

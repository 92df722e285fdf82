package mqworkbook.workbench.wire.kafka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.CloseableIterator;

/** Looks into record batches, no deeper than it has to: values are never copied, fetched batches that are compressed not unpacked. */
final class Batches {

    private static final int MOST_KEYS = 1_000;

    /** Of a fetch: consumers under load get thousands at a time, and nobody looks at their keys. */
    private static final int MOST_DELIVERED_KEYS = 50;

    private Batches() {}

    static boolean isAny(BaseRecords records) {
        return records != null && records.sizeInBytes() > 0;
    }

    /** What a producer has sent for one partition. */
    static void sent(BaseRecords records, Facts facts) {
        if (!(records instanceof MemoryRecords batches)) {
            return;
        }
        long count = 0;
        List<String> keys = new ArrayList<>();
        for (RecordBatch batch : batches.batches()) {
            count += count(batch);
            keys(batch, keys);
            facts.number("producer-id", batch.producerId())
                    .number("producer-epoch", batch.producerEpoch())
                    .number("base-sequence", batch.baseSequence());
            if (batch.isCompressed()) {
                facts.put("compression", batch.compressionType().name.toLowerCase(Locale.ROOT));
            }
        }
        facts.put("record-count", count)
                .put("record-bytes", (long) batches.sizeInBytes())
                .put("keys", Collections.unmodifiableList(keys));
    }

    /** What a consumer gets of one partition, told by the heads of the batches. */
    static void delivered(BaseRecords records, Facts facts) {
        if (!(records instanceof MemoryRecords batches)) {
            return;
        }
        long first = -1;
        long last = -1;
        long count = 0;
        for (RecordBatch batch : batches.batches()) {
            first = first < 0 ? batch.baseOffset() : first;
            last = batch.lastOffset();
            // Markers of transactions have offsets, but are no records to a consumer.
            count += batch.isControlBatch() ? 0 : count(batch);
        }
        facts.number("first-offset", first).number("last-offset", last);
        if (count > 0) {
            facts.put("record-count", count);
        }
        if (count == last - first + 1 && count <= MOST_DELIVERED_KEYS) {
            List<String> keys = deliveredKeys(batches);
            // One for each offset, or none: a reader counts on from the first.
            facts.put("delivered-keys", keys.size() == count ? Collections.unmodifiableList(keys) : null);
        }
    }

    private static List<String> deliveredKeys(MemoryRecords batches) {
        List<String> keys = new ArrayList<>();
        for (RecordBatch batch : batches.batches()) {
            if (!batch.isCompressed() && !batch.isControlBatch()) {
                keys(batch, keys);
            }
        }
        return keys;
    }

    /** The batches of brokers before 0.11 do not tell; their offsets do, if nothing was compacted away. */
    private static long count(RecordBatch batch) {
        Integer count = batch.countOrNull();
        return count != null ? count : batch.lastOffset() - batch.baseOffset() + 1;
    }

    private static void keys(RecordBatch batch, List<String> keys) {
        try (CloseableIterator<Record> records = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
            while (records.hasNext() && keys.size() < MOST_KEYS) {
                Record record = records.next();
                if (record.hasKey()) {
                    keys.add(KeyText.of(record.key()));
                }
            }
        }
    }
}

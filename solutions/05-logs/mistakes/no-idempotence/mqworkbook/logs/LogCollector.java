// Mistake:   no-idempotence
// Wrong:     The client repeats what it has no answer to, and the broker cannot tell that it is the same.
// Shows as:  After each hiccup of the network some lines are there twice.
// Caught in: step 2
// Says:      "A line is in the log twice"
package mqworkbook.logs;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.logs.line.Tally;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Takes the lines of the applications on one machine, and brings them into the log. It never blocks the application and
 * never throws at it; what it has to leave out it counts. A line that the client has not taken waits as long as there is room
 * for it, however long that is. Many threads log, one sends.
 */
public final class LogCollector implements AutoCloseable {

    private static final int BATCH = 500;
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final int LINGER_MILLIS = 10;

    private final String topic;
    private final LineBuffer buffer;
    private final Duration giveUpAfter;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread;
    private final Map<Level, Counters> counters = new EnumMap<>(Level.class);
    private volatile boolean closing;
    private volatile boolean closed;
    /** Why the client did not take the line that is being sent; null when it has taken it. For the sending thread. */
    private Exception refusal;

    /** What became of the lines of one level. */
    private static final class Counters {
        private final LongAdder offered = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder dropped = new LongAdder();
        private final LongAdder unknown = new LongAdder();
    }

    /**
     * A collector that sends nothing yet.
     *
     * @param kafka settings of any client: where the cluster is, and how to log in
     * @param capacity how many lines may wait in the buffer
     * @param giveUpAfter how long the client may try to deliver what it has been given, and how long {@link #close} may take
     */
    public LogCollector(Map<String, Object> kafka, LogTopics topics, int capacity, Duration giveUpAfter) {
        this.topic = topics.lines();
        this.buffer = new LineBuffer(capacity);
        this.giveUpAfter = giveUpAfter;
        this.producer = new KafkaProducer<>(
                producerSettings(kafka, giveUpAfter), new StringSerializer(), new ByteArraySerializer());
        this.thread = new Thread(this::run, "log-collector");
        // A collector that nobody has closed must not keep the application alive.
        this.thread.setDaemon(true);
        for (Level level : Level.values()) {
            counters.put(level, new Counters());
        }
    }

    /** The settings of a producer that sends many lines at once, each of them one time, in order, and gives up in time. */
    private static Map<String, Object> producerSettings(Map<String, Object> kafka, Duration giveUpAfter) {
        int patience = (int) giveUpAfter.toMillis();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // The client's own repetitions: no copies, and no line that overtakes another.
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        // Must fit into the delivery timeout, together with the linger.
        settings.merge(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                patience - LINGER_MILLIS,
                (own, most) -> Math.min(Integer.parseInt(own.toString()), (int) most));
        return settings;
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    /** Logs a line. Returns at once, whatever the log does; after {@link #close} lines are dropped. */
    public void accept(LogLine line) {
        counters.get(line.level()).offered.increment();
        buffer.offer(line).ifPresent(this::dropped);
        if (closed) {
            dropRest();
        }
    }

    /** What became of the lines of a level so far. */
    public Tally counts(Level level) {
        Counters of = counters.get(level);
        // The offered last: a line is never seen at its end before it is seen at all.
        long delivered = of.delivered.sum();
        long dropped = of.dropped.sum();
        long unknown = of.unknown.sum();
        return new Tally(of.offered.sum(), delivered, dropped, unknown);
    }

    /** What the thread does: brings lines from the buffer into the log, until the collector is closed. */
    private void run() {
        try {
            while (!closing || buffer.size() > 0) {
                buffer.take(BATCH, WAIT).forEach(this::send);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends what still waits, for {@code giveUpAfter} at most. Afterwards no line is on its way: what was left in the
     * buffer is dropped, what was left with the client is unknown.
     */
    @Override
    public void close() {
        long giveUp = System.nanoTime() + giveUpAfter.toNanos();
        closing = true;
        try {
            thread.join(Math.max(1, giveUpAfter.toMillis()));
            closed = true;
            // Also ends a send() that waits.
            producer.close(Duration.ofNanos(Math.max(0, giveUp - System.nanoTime())));
            thread.join();
        } catch (InterruptedException e) {
            closed = true;
            producer.close(Duration.ZERO);
            Thread.currentThread().interrupt();
        }
        dropRest();
    }

    /** Gives a line to the client; returns when the client has it, or never will. */
    private void send(LogLine line) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, line.app(), line.write());
        // As long as the client has not taken it nothing is in doubt, and the line can wait.
        while (!closed) {
            try {
                refusal = null;
                producer.send(record, (metadata, failure) -> answered(line.level(), failure));
                if (refusal == null) {
                    return;
                }
            } catch (KafkaException | IllegalStateException clientIsClosed) {
                refusal = clientIsClosed;
            }
            if (!(refusal instanceof RetriableException)) {
                break;
            }
        }
        dropped(line);
    }

    /** On the client's thread when it knows, or gives up; on the sending thread when it never took the line. */
    private void answered(Level level, Exception failure) {
        if (failure == null) {
            counters.get(level).delivered.increment();
        } else if (Thread.currentThread() == thread) {
            refusal = failure;
        } else {
            counters.get(level).unknown.increment();
        }
    }

    private void dropped(LogLine line) {
        counters.get(line.level()).dropped.increment();
    }

    private void dropRest() {
        try {
            buffer.take(Integer.MAX_VALUE, Duration.ZERO).forEach(this::dropped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package mqworkbook.logs;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.logs.line.Tally;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.producer.KafkaProducer;
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

    private final String topic;
    private final LineBuffer buffer;
    private final Duration giveUpAfter;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread;
    private final Map<Level, Counters> counters = new EnumMap<>(Level.class);
    private volatile boolean closing;

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
        throw new Todo(
                2, "Choose the settings of the producer: safe, in order, in batches, compressed, and not for ever.");
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    /** Logs a line. Returns at once, whatever the log does; after {@link #close} lines are dropped. */
    public void accept(LogLine line) {
        throw new Todo(2, "Put the line into the buffer, and count it, and whatever has no place any more.");
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
        throw new Todo(2, "Send what is left, as long as there is time, and count what remains.");
    }

    /** Gives a line to the client; returns when the client has it, or never will. */
    private void send(LogLine line) {
        throw new Todo(2, "Give the line to the client, keyed by application, and count what becomes of it.");
    }

    private void dropped(LogLine line) {
        counters.get(line.level()).dropped.increment();
    }
}

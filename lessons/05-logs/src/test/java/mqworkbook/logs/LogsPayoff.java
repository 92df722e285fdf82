package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.logs.before.WaitingLogger;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How many lines an application can log, and how long each call takes; beside it Kafka's own tool, in turns. */
public final class LogsPayoff implements Payoff {

    private static final int LINES = 1_000_000;
    /** One call of so many is timed: reading the clock costs about as much as the call. */
    private static final int TIMED = 20;

    private static final int WAITED_FOR = 3_000;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 2;
    private static final int PARTITIONS = 3;
    private static final int CAPACITY = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the collector should reach of the tool's throughput. */
    private static final double TARGET = 0.8;

    /** The settings that both have. */
    private static final Map<String, String> SAME = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.LINGER_MS_CONFIG, "10",
            ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 * 1024),
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");

    private final List<LogLine> lines = manyLines();

    /** What one run has shown: lines in a second, and how long calls took. */
    private record Run(double perSecond, long[] nanos) {}

    @Override
    public PayoffTable measure() throws Exception {
        try (KafkaFixture kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA))) {
            LogTopics topics = new LogTopics(kafka.prefix());
            kafka.topics().create(topics.lines(), PARTITIONS, Map.of());
            Map<String, Object> direct = kafka.client("payoff").settings();
            // Past the relay, as the tool.
            direct.put(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    kafka.broker().endpoint().host() + ":"
                            + kafka.broker().endpoint().port());
            PerformanceTool tool = new PerformanceTool(direct, SAME, topics.lines(), lines);
            List<Double> tools = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            List<Run> runs = new ArrayList<>();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                // Each goes first every other time.
                double theirs = round % 2 == 0 ? tool.linesPerSecond(LINES) : 0;
                Run ours = collected(direct, topics);
                theirs = theirs == 0 ? tool.linesPerSecond(LINES) : theirs;
                if (round >= 0) {
                    tools.add(theirs);
                    runs.add(ours);
                    ratios.add(ours.perSecond() / theirs);
                }
            }
            Run waiting = waitedFor(direct, topics);
            return table(waiting, runs, median(tools), median(ratios));
        }
    }

    private static PayoffTable table(Run waiting, List<Run> runs, double tool, double ratio) {
        if (ratio < TARGET / 2) {
            throw new IllegalStateException(
                    "The collector reaches %.2f of the throughput of Kafka's own tool; it should".formatted(ratio)
                            + " reach " + TARGET + ", and half of that is the least.");
        }
        Run middle = runs.stream()
                .sorted((one, other) -> Double.compare(one.perSecond(), other.perSecond()))
                .toList()
                .get(runs.size() / 2);
        List<PayoffTable.Row> rows = List.of(
                new PayoffTable.Row(
                        "one application", "waits for each answer", figures(waiting, waiting.perSecond() / tool)),
                new PayoffTable.Row("one application", "collector", figures(middle, ratio)),
                new PayoffTable.Row(
                        "no application", "Kafka's own tool", List.of(tool, Double.NaN, Double.NaN, 100.0)));
        return new PayoffTable(
                "How many lines can be logged, and how long the application waits for each",
                List.of("lines/s", "p50 us", "p99 us", "% of the tool"),
                0,
                "lines/s",
                rows,
                LINES + " lines of about " + manyLines().get(0).write().length
                        + " bytes, acks=all, lz4; collector and tool (ProducerPerformance) in turns, median of "
                        + ROUNDS
                        + " pairs; target " + Math.round(TARGET * 100) + " %.");
    }

    private static List<Double> figures(Run run, double ratio) {
        long[] sorted = run.nanos().clone();
        Arrays.sort(sorted);
        return List.of(
                run.perSecond(),
                sorted[sorted.length / 2] / 1e3,
                sorted[(int) (sorted.length * 0.99)] / 1e3,
                ratio * 100);
    }

    /** The application logs as fast as the collector gets rid of the lines, and drops none. */
    private Run collected(Map<String, Object> kafka, LogTopics topics) {
        long[] nanos = new long[LINES / TIMED];
        try (LogCollector collector = new LogCollector(kafka, topics, CAPACITY, PATIENCE)) {
            collector.start();
            long start = System.nanoTime();
            for (int i = 0; i < LINES; i++) {
                if (i % 1_000 == 0) {
                    awaitRoom(collector, CAPACITY / 2);
                }
                LogLine line = lines.get(i % lines.size());
                if (i % TIMED == 0) {
                    long before = System.nanoTime();
                    collector.accept(line);
                    nanos[i / TIMED] = System.nanoTime() - before;
                } else {
                    collector.accept(line);
                }
            }
            awaitRoom(collector, 1);
            double seconds = (System.nanoTime() - start) / 1e9;
            long delivered = collector.counts(Level.INFO).delivered();
            if (delivered != LINES) {
                throw new IllegalStateException("Not all lines were delivered: " + collector.counts(Level.INFO));
            }
            return new Run(LINES / seconds, nanos);
        }
    }

    private static void awaitRoom(LogCollector collector, int room) {
        while (collector.counts(Level.INFO).waiting() >= room) {
            LockSupport.parkNanos(50_000);
        }
    }

    private Run waitedFor(Map<String, Object> kafka, LogTopics topics) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(SAME);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            WaitingLogger logger = new WaitingLogger().to(line -> await(producer, topics, line));
            long[] nanos = new long[WAITED_FOR];
            long start = System.nanoTime();
            for (int i = 0; i < WAITED_FOR; i++) {
                long before = System.nanoTime();
                logger.log(lines.get(i % lines.size()));
                nanos[i] = System.nanoTime() - before;
            }
            return new Run(WAITED_FOR / ((System.nanoTime() - start) / 1e9), nanos);
        }
    }

    private static void await(KafkaProducer<String, byte[]> producer, LogTopics topics, LogLine line) {
        try {
            producer.send(new ProducerRecord<>(topics.lines(), line.app(), line.write()))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static List<LogLine> manyLines() {
        List<LogLine> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add(new LogLine(
                    "shop-" + i % 16,
                    Level.INFO,
                    Lines.TODAY + i,
                    "request " + Integer.toHexString(i * 0x9E3779B1) + " GET /orders/" + i * 7919 % 100_000
                            + " 200 in " + i % 300 + " ms, user " + i * 31 % 5_000
                            + ", trace " + Long.toHexString(i * 0x9E3779B97F4A7C15L)
                            + ", cache miss, 3 queries, 12 rows, region eu-central-1"));
        }
        return lines;
    }
}

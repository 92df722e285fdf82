package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.logs.line.Tally;
import mqworkbook.workbench.judge.Closing;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import org.apache.kafka.clients.CommonClientConfigs;

/** The learner's collector, the applications that log with it, and what they have logged. */
final class Collector implements AutoCloseable {

    static final Duration PATIENT = Duration.ofSeconds(20);

    /** How long the client may take for its first connection and all that waits for it, on a busy machine. */
    static final Duration SETTLED = Duration.ofSeconds(10);

    private final LogCollector collector;
    private final int capacity;
    private final Duration giveUpAfter;
    private final List<LogLine> logged = Collections.synchronizedList(new ArrayList<>());
    private boolean closed;

    Collector(Map<String, Object> kafka, LogTopics topics, int capacity, Duration giveUpAfter) {
        this.capacity = capacity;
        this.giveUpAfter = giveUpAfter;
        this.collector = new LogCollector(kafka, topics, capacity, giveUpAfter);
        collector.start();
    }

    /** With a cluster of which nothing answers: there is nobody at the port. */
    static Collector withoutBroker(int capacity, Duration giveUpAfter) {
        Map<String, Object> kafka = new HashMap<>();
        kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        return new Collector(kafka, new LogTopics("offline."), capacity, giveUpAfter);
    }

    /** Logs these lines, each application on a thread of its own; none of them may have to wait. */
    void log(List<LogLine> lines) {
        Map<String, List<LogLine>> apps = new LinkedHashMap<>();
        lines.forEach(line ->
                apps.computeIfAbsent(line.app(), absent -> new ArrayList<>()).add(line));
        List<Thread> logging = new ArrayList<>();
        apps.forEach((app, own) -> {
            Thread thread = new Thread(() -> own.forEach(this::accept), app + " logs");
            thread.setDaemon(true);
            thread.start();
            logging.add(thread);
        });
        Eventually.within(Site.SOON)
                .until("the applications have logged", () -> logging.stream().noneMatch(Thread::isAlive))
                .orElse(() -> Wrong.that("The application waits for its log")
                        .seen(lines.size() + " lines on " + apps.size() + " threads: after " + Site.SOON.toSeconds()
                                + " s " + logged.size() + " of them are logged")
                        .means("The broker is slow or away, and the shop stands still: because of its log.")
                        .suspect("send() on the application's thread: it waits up to max.block.ms, a minute by default;"
                                + " or the answer is awaited for each line"));
    }

    private void accept(LogLine line) {
        collector.accept(line);
        logged.add(line);
    }

    Tally counts(Level level) {
        return collector.counts(level);
    }

    /** All levels together. */
    Tally counts() {
        Tally all = new Tally(0, 0, 0, 0);
        for (Level level : Level.values()) {
            Tally one = counts(level);
            all = new Tally(
                    all.offered() + one.offered(),
                    all.delivered() + one.delivered(),
                    all.dropped() + one.dropped(),
                    all.unknown() + one.unknown());
        }
        return all;
    }

    /** Waits until no line is on its way any more, and the sums are right. */
    void expectSettled() {
        expectSettled(SETTLED);
    }

    void expectSettled(Duration limit) {
        Eventually.within(limit)
                .until("every line has come to an end", () -> counts().waiting() == 0)
                .orElse(() -> notAccounted("after " + limit.toSeconds() + " s"));
        expectOffered();
    }

    private Wrong notAccounted(String when) {
        return Wrong.that("The counts do not account for every line")
                .seen(when + ": " + counts() + ", so " + counts().waiting() + " are still on their way; "
                        + logged.size() + " were logged")
                .means("Somebody looks for a line, does not find it, and nobody can say whether it ever was.")
                .suspect(
                        "an outcome that is not counted: no place, given up, or delivered; or a line that nobody sends");
    }

    /** What was logged, by level. */
    void expectOffered() {
        for (Level level : Level.values()) {
            long logged = logged(level).size();
            if (counts(level).offered() != logged) {
                throw Wrong.that("Not every line that was logged is counted")
                        .seen(logged + " " + level + " lines were logged; the counts say " + counts(level));
            }
        }
    }

    /** No more lines wait than there is room for; as many again may have left the buffer, and not be with the client yet. */
    void expectBounded() {
        Tally all = counts();
        if (all.waiting() > 2L * capacity) {
            throw Wrong.that("The lines that wait are not bounded")
                    .seen("the buffer has room for " + capacity + "; no broker answers, " + all.offered()
                            + " lines were logged, and " + all.waiting() + " of them wait")
                    .means(
                            "The broker is away for ten minutes, and the application dies of its own log: out of memory.")
                    .suspect("a second queue without a bound, in an executor for instance; or drops that are not"
                            + " counted: a silent drop");
        }
    }

    List<LogLine> logged(Level level) {
        return logged.stream().filter(line -> line.level() == level).toList();
    }

    List<LogLine> logged() {
        return List.copyOf(logged);
    }

    /** Waits until something is counted. */
    void expect(String alias, Supplier<Boolean> condition, Supplier<Wrong> otherwise) {
        Eventually.within(Site.SOON).until(alias, condition::get).orElse(otherwise);
    }

    /** Begins to close it. */
    Thread beginClosing() {
        closed = true;
        Thread closing = new Thread(collector::close, "closing the collector");
        closing.setDaemon(true);
        closing.start();
        return closing;
    }

    /** Closes it; it must be done in time. */
    void expectClosed() {
        expectClosed(beginClosing());
    }

    void expectClosed(Thread closing) {
        Duration limit = giveUpAfter.plus(Site.SOON);
        Eventually.within(limit)
                .until("the collector is closed", () -> !closing.isAlive())
                .orElse(() -> Wrong.that("Closing the collector does not come to an end")
                        .seen("close() has not returned after " + limit.toMillis() + " ms; it may take "
                                + giveUpAfter.toMillis() + " ms")
                        .means("The application cannot be stopped while the broker is away; somebody kills it, and the"
                                + " last lines are gone, uncounted.")
                        .suspect("close() of the producer waits for ever by default; or a send() that still waits for"
                                + " metadata"));
        if (counts().waiting() != 0) {
            throw notAccounted("close() has returned");
        }
    }

    /** The test is over. */
    @Override
    public void close() {
        if (!closed) {
            Closing.behind("closing the collector", collector);
        }
    }
}

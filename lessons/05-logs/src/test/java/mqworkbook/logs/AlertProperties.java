package mqworkbook.logs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Alerts that are restarted in the midst of a stream. */
class AlertProperties {

    /** What happens before a line comes. */
    enum Before {
        NOTHING,
        RESTART,
        CRASH,
        PAGER_AWAY
    }

    /**
     * A line.
     *
     * @param ahead how many seconds the newest time moves on
     * @param late how many seconds the line lies behind it
     */
    record Step(Before before, int app, Level level, int ahead, int late) {}

    private static KafkaFixture kafka;
    private static Center center;
    private static Machine machine;
    private static ErrorAlerts alerts;
    private static int machines;
    private static long newest;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        center = new Center(kafka, 2);
        newest = Lines.TODAY;
        start();
    }

    @AfterContainer
    static void close() {
        center.close();
        kafka.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("alerts are those of an oracle")
    void likeTheOracle(@ForAll("stories") List<Step> story) {
        List<String> apps = List.of(Lines.app(), Lines.app());
        List<LogLine> lines = new ArrayList<>();
        // No line of this try is late behind the last.
        newest += 10 * Center.WINDOW.toMillis();
        for (Step step : story) {
            Statistics.label("before a line").collect(step.before());
            switch (step.before()) {
                case RESTART -> {
                    center.expectClosed(alerts);
                    start();
                }
                case CRASH -> {
                    machine.die();
                    start();
                }
                case PAGER_AWAY -> center.pager().fail(1);
                default -> {}
            }
            newest += step.ahead() * 1_000L;
            LogLine line = Lines.line(apps.get(step.app()), step.level(), newest - step.late() * 1_000L);
            lines.add(line);
            center.site().publish(line);
        }
        Set<Alert> due = Oracle.alerts(lines, Center.THRESHOLD, Center.WINDOW);
        due.forEach(alert -> center.expectRaised(alert, story.toString()));
        expectRead(lines, apps);
        for (String app : apps) {
            Set<Alert> without = new HashSet<>(center.pager().raised(app));
            without.removeAll(due);
            if (!without.isEmpty()) {
                throw Wrong.that("An alert was raised without reason")
                        .seen("raised, and not due: " + without + "; " + Lines.names(lines))
                        .means("Who is woken for nothing three times does not get up the fourth time.");
            }
        }
    }

    /** All lines are read when three errors behind them, in each partition, are an alert. */
    private static void expectRead(List<LogLine> lines, List<String> apps) {
        for (int partition = 0; partition < 2; partition++) {
            String marker = center.site().appIn(partition);
            for (int i = 0; i < Center.THRESHOLD; i++) {
                center.site().publish(Lines.line(marker, Level.ERROR, newest));
            }
            center.expectRaised(
                    Oracle.windowOf(Lines.line(marker, Level.ERROR, newest), Center.WINDOW),
                    "three errors behind all others");
        }
    }

    private static void start() {
        machine = center.machine("alerts " + ++machines, center.site().topics().alertGroup());
        alerts = center.alerts(machine);
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        Arbitrary<Before> before = Arbitraries.frequency(
                Tuple.of(24, Before.NOTHING),
                Tuple.of(1, Before.RESTART),
                Tuple.of(1, Before.CRASH),
                Tuple.of(1, Before.PAGER_AWAY));
        Arbitrary<Level> levels = Arbitraries.frequency(Tuple.of(5, Level.ERROR), Tuple.of(1, Level.INFO));
        Arbitrary<Integer> ahead = Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(3, 5), Tuple.of(1, 40));
        Arbitrary<Integer> late = Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(2, 10), Tuple.of(1, 30));
        return Combinators.combine(before, Arbitraries.integers().between(0, 1), levels, ahead, late)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(20);
    }
}

package mqworkbook.logs;

import java.time.Duration;
import java.util.List;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Windows alone; without a broker. */
class WindowsProperties {

    private static final int WINDOW = 100;
    private static final int LATENESS = 80;

    /** What happens before a line comes. */
    enum Before {
        NOTHING,
        RESTART,
        REDELIVERY
    }

    /**
     * A line.
     *
     * @param ahead how far the newest time moves on
     * @param late how far the line lies behind it
     * @param gap how many offsets are missing before it
     */
    record Step(Before before, int app, Level level, int ahead, int late, int gap) {}

    /** Lines with restarts. */
    record Story(int threshold, List<Step> steps) {}

    @Property(tries = 1000)
    @Label("alerts are those of an oracle, whatever the order, the restarts and the repetitions")
    void likeTheOracle(@ForAll("stories") Story story) {
        WindowsModel model =
                new WindowsModel(story.threshold(), Duration.ofMillis(WINDOW), Duration.ofMillis(LATENESS));
        long newest = Lines.TODAY;
        long offset = 0;
        int number = 0;
        boolean late = false;
        boolean restarted = false;
        boolean tie = false;
        for (Step step : story.steps()) {
            if (step.before() == Before.RESTART && number > 0) {
                restarted = true;
                model.restart();
            } else if (step.before() == Before.REDELIVERY && number > 0) {
                model.redeliver(3);
            }
            newest += step.ahead();
            offset += step.gap();
            long time = newest - (number == 0 ? 0 : step.late());
            late |= time < newest;
            tie |= time % WINDOW == 0 && step.level() == Level.ERROR;
            model.add(offset++, new LogLine("A-" + step.app(), step.level(), time, "L-" + number++ + " text"));
        }
        model.restart();
        Statistics.label("order")
                .collect(late ? "out of order" : "in order")
                .coverage(coverage -> coverage.check("out of order").percentage(share -> share > 50));
        Statistics.label("restarts")
                .collect(restarted)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
        Statistics.label("at a boundary")
                .collect(tie)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<Before> before = Arbitraries.frequency(
                Tuple.of(8, Before.NOTHING), Tuple.of(1, Before.RESTART), Tuple.of(1, Before.REDELIVERY));
        Arbitrary<Level> levels = Arbitraries.frequency(Tuple.of(4, Level.ERROR), Tuple.of(1, Level.WARN));
        Arbitrary<Integer> ahead = Arbitraries.frequency(
                Tuple.of(3, 0), Tuple.of(1, 1), Tuple.of(3, 10), Tuple.of(2, 50), Tuple.of(1, 250));
        Arbitrary<Integer> late = Arbitraries.frequency(
                Tuple.of(4, 0), Tuple.of(2, 10), Tuple.of(2, 50), Tuple.of(1, LATENESS - 1), Tuple.of(1, LATENESS));
        Arbitrary<Integer> gaps = Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 2));
        Arbitrary<Step> steps = Combinators.combine(
                        before, Arbitraries.integers().between(1, 2), levels, ahead, late, gaps)
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        steps.list().ofMinSize(3).ofMaxSize(25))
                .as(Story::new);
    }
}

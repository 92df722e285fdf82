package mqworkbook.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mqworkbook.retry.CircuitBreaker.State;
import mqworkbook.retry.payment.Failure;
import mqworkbook.workbench.judge.TestClock;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class BreakerProperties {

    private static final Duration OPEN_FOR = Duration.ofMillis(100);

    /** One thing that happens: a question, a report, or time that passes. */
    sealed interface Move {
        /** Somebody asks to be let through. */
        record Ask() implements Move {}

        /** A payment is made. */
        record Made() implements Move {}

        /** A payment has failed. */
        record Failed(String paymentId, Failure failure) implements Move {}

        /** Time passes. */
        record Pass(int millis) implements Move {}
    }

    @Property(tries = 1000)
    @Label("whatever is asked and reported, the breaker does what the rule says")
    void rule(@ForAll("moves") List<Move> moves, @ForAll @IntRange(min = 1, max = 4) int threshold) {
        TestClock clock = new TestClock();
        CircuitBreaker breaker = new CircuitBreaker(threshold, OPEN_FOR, clock);
        BreakerModel model = new BreakerModel(threshold, OPEN_FOR);
        Set<State> seen = EnumSet.noneOf(State.class);
        List<String> story = new ArrayList<>();
        for (Move move : moves) {
            if (move instanceof Move.Pass pass) {
                clock.advance(Duration.ofMillis(pass.millis()));
                model.pass(Duration.ofMillis(pass.millis()));
                story.add(pass.millis() + " ms pass");
            } else if (move instanceof Move.Ask) {
                boolean said = breaker.tryAcquire();
                boolean expected = model.tryAcquire();
                story.add("asked: " + said);
                expectAnswer(expected, said, model.state(), story);
            } else if (model.takesReports()) {
                report(move, breaker, model, story);
            }
            seen.add(model.state());
            if (breaker.state() != model.state()) {
                throw Wrong.that("The breaker is " + breaker.state() + ", and should be " + model.state())
                        .seen("threshold " + threshold + ", open for " + OPEN_FOR.toMillis() + " ms: " + told(story))
                        .means(
                                model.state() == State.CLOSED
                                        ? "The gateway is up, and nobody can pay."
                                        : "The gateway is down, and payments use up their attempts on it.")
                        .suspect(
                                "failures counted in place of payments, a count that an answer does not clear, or a report"
                                        + " while it is open that is not ignored");
            }
        }
        Statistics.label("states")
                .collect(seen.size() == 3 ? "all three" : "fewer")
                .coverage(coverage -> coverage.check("all three").percentage(share -> share > 20));
    }

    private static void report(Move move, CircuitBreaker breaker, BreakerModel model, List<String> story) {
        if (move instanceof Move.Failed failed) {
            breaker.failed(failed.paymentId(), failed.failure());
            model.failed(failed.paymentId(), failed.failure());
            story.add(failed.paymentId() + " " + failed.failure());
        } else {
            breaker.succeeded();
            model.succeeded();
            story.add("made");
        }
    }

    private static void expectAnswer(boolean expected, boolean said, State state, List<String> story) {
        if (said != expected) {
            throw Wrong.that(
                            said
                                    ? "The breaker lets a payment through that must wait"
                                    : "The breaker holds up a payment that may go")
                    .seen("it is " + state + ", open for " + OPEN_FOR.toMillis() + " ms: " + told(story))
                    .means(
                            said
                                    ? "The gateway comes back, and is overrun by all who waited."
                                    : "The gateway is back, and nobody tries it.")
                    .suspect("more than one probe at a time, or a probe whose result does not let the next one go");
        }
    }

    private static String told(List<String> story) {
        return String.join(", ", story);
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Move> ask = Arbitraries.create(Move.Ask::new);
        Arbitrary<Move> made = Arbitraries.create(Move.Made::new);
        Arbitrary<Move> down = Arbitraries.of("P-1", "P-2", "P-3", "P-4", "P-5", "P-6")
                .map(id -> new Move.Failed(id, Failure.TEMPORARY));
        Arbitrary<Move> other =
                Arbitraries.of(Failure.PERMANENT, Failure.UNKNOWN).map(kind -> new Move.Failed("P-9", kind));
        // No sum of these is the time for which it is open, since that moment belongs to either side.
        Arbitrary<Move> pass = Arbitraries.of(30, 60, 101, 250).map(Move.Pass::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(4, ask), Tuple.of(1, made), Tuple.of(6, down), Tuple.of(1, other), Tuple.of(3, pass))
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }
}

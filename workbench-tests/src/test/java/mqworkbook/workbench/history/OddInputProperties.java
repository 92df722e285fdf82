package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Whatever was recorded, there is a verdict, and it can be read. */
class OddInputProperties {

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void everyHistoryHasAVerdictThatCanBeRead(
            @ForAll("anyEvents") List<Event> events, @ForAll("anySubscriptions") List<Subscription> at) {
        List<Verdict> verdicts = Stream.of(
                        Checkers.totalQueue(events, at),
                        Checkers.conservation(events, at),
                        Checkers.reordered(events, at, id -> id.isEmpty() ? null : id.substring(0, 1)),
                        Checkers.premature(events, at, id -> Duration.ofNanos(id.hashCode()), Duration.ZERO),
                        Checkers.contradicted(events),
                        Checkers.unanswered(events))
                .toList();
        Verdict all = Verdict.of(verdicts);
        Statistics.label("validity").collect(all.validity()).coverage(coverage -> {
            coverage.check(Verdict.Validity.INVALID).percentage(p -> p > 20);
            coverage.check(Verdict.Validity.INCONCLUSIVE).percentage(p -> p > 5);
        });

        assertThat(all.summary()).isNotBlank().doesNotContain("null");
        assertThat(all.findings()).allSatisfy(finding -> {
            assertThat(finding.text().lines()).hasSize(4).noneMatch(String::isBlank);
            assertThat(finding.messageIds()).isNotEmpty().doesNotHaveDuplicates();
        });
        assertThat(all.validity() == Verdict.Validity.INVALID)
                .isEqualTo(!all.findings().isEmpty());
        if (all.validity() == Verdict.Validity.INCONCLUSIVE) {
            assertThat(all.notes()).extracting(Note::topic).contains(Note.Topic.INCONCLUSIVE);
        }
    }

    @Property
    void everyHistoryCanBeRendered(
            @ForAll("anyEvents") List<Event> events, @ForAll @IntRange(min = -1, max = 60) int lastLines) {
        History history = new History();
        events.stream()
                .filter(event -> event != null)
                .forEach(event ->
                        history.record(event.kind(), event.actor(), event.messageId(), event.place(), event.detail()));
        int recorded = history.events().size();
        int shown = Math.min(recorded, Math.max(0, lastLines));

        assertThat(history.render(lastLines).lines()).hasSize(shown + (recorded > shown ? 1 : 0));
    }

    @Provide
    Arbitrary<List<Event>> anyEvents() {
        Arbitrary<String> text = Arbitraries.of(
                        "", " ", "E-1", "E-2", "email", "points", "a\nb", "100 %s", "…".repeat(90))
                .injectNull(0.1);
        Arbitrary<Long> number = Arbitraries.longs();
        return Combinators.combine(number, number, Arbitraries.of(Kind.class), text, text, text, text)
                .as(Event::new)
                .injectNull(0.03)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Subscription>> anySubscriptions() {
        return Combinators.combine(
                        Arbitraries.of("", "email", "points", "a\nb", "nowhere"), Arbitraries.of(true, false))
                .as((place, wanted) -> new Subscription(place, id -> wanted || id.equals("E-1")))
                .list()
                .ofMaxSize(4);
    }
}

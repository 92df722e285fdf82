package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mqworkbook.workbench.history.Run.Fate;
import mqworkbook.workbench.history.Run.Message;
import mqworkbook.workbench.history.Run.Question;
import mqworkbook.workbench.history.Run.Told;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** The checkers agree with an oracle that knows how the history was made. */
class CheckersProperties {

    private static final List<Subscription> AT =
            Run.PLACES.stream().map(Subscription::to).toList();

    private static final Map<String, Question> QUESTIONS = Map.of(
            "lost", Run.LOST,
            "duplicated", Run.DUPLICATED,
            "unexpected", Run.UNEXPECTED,
            "refused", Run.REFUSED,
            "recovered", Run.RECOVERED,
            "redelivered", Run.REDELIVERED,
            "out of balance", Run.OUT_OF_BALANCE);

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void eachCheckerFindsWhatTheOracleKnows(@ForAll("runs") Run run) {
        prove(run);
        List<Event> events = run.events();

        assertFindings(run, Checkers.lost(events, AT), Run.LOST);
        assertFindings(run, Checkers.duplicated(events, AT), Run.DUPLICATED);
        assertFindings(run, Checkers.unexpected(events, AT), Run.UNEXPECTED);
        assertFindings(run, Checkers.refusedYetApplied(events, AT), Run.REFUSED);
        assertFindings(run, Checkers.conservation(events, AT), Run.OUT_OF_BALANCE);
        assertNotes(run, Checkers.recovered(events, AT), Note.Topic.RECOVERED, Run.RECOVERED);
        assertNotes(run, Checkers.redelivered(events, AT), Note.Topic.REDELIVERED, Run.REDELIVERED);
    }

    @Property
    void totalQueueIsTheSumOfItsCheckers(@ForAll("runs") Run run) {
        List<Event> events = run.events();

        Verdict total = Checkers.totalQueue(events, AT);

        List<Finding> parts = new ArrayList<>();
        List<BiFunction<List<Event>, List<Subscription>, Verdict>> checkers =
                List.of(Checkers::lost, Checkers::refusedYetApplied, Checkers::unexpected, Checkers::duplicated);
        checkers.forEach(checker -> parts.addAll(checker.apply(events, AT).findings()));
        assertThat(total.findings()).containsExactlyElementsOf(parts);
        assertThat(total.findings()).extracting(Finding::guarantee).isSorted();
        assertThat(total.validity()).isEqualTo(validity(run, !parts.isEmpty()));
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void theOrderOfUnrelatedEventsChangesNoFinding(@ForAll("runs") Run run, @ForAll long otherwise) {
        List<Event> events = run.events();
        List<Event> permuted = run.interleaved(otherwise).events();
        Statistics.label("permuted")
                .collect(!ids(events).equals(ids(permuted)))
                .coverage(coverage -> coverage.check(true).percentage(p -> p > 25));

        assertThat(byGuaranteeAndPlace(permuted)).isEqualTo(byGuaranteeAndPlace(events));
    }

    @Property
    void whereOneApplicationOfAConfirmedMessageIsRemovedExactlyThatMessageIsLost(
            @ForAll("healthyRuns") Run run, @ForAll @IntRange(min = 0, max = 1_000) int choice) {
        List<Event> events = run.events();
        assertThat(Checkers.totalQueue(events, AT).summary()).startsWith("Valid.");
        assertThat(Checkers.conservation(events, AT).summary()).isEqualTo("Valid.");
        List<Event> effects = events.stream()
                .filter(event -> event.kind() == Kind.APPLIED && isConfirmed(run, event.messageId()))
                .toList();

        Event removed = effects.get(choice % effects.size());
        List<Event> without = events.stream().filter(event -> event != removed).toList();

        Verdict verdict = Verdict.of(Checkers.totalQueue(without, AT), Checkers.conservation(without, AT));
        assertThat(verdict.validity()).isEqualTo(Verdict.Validity.INVALID);
        assertThat(verdict.findings())
                .extracting(Finding::guarantee, Finding::where, Finding::messageIds)
                .containsExactly(
                        tuple(Guarantee.NO_LOSS, removed.place(), List.of(removed.messageId())),
                        tuple(Guarantee.CONSERVATION, removed.place(), List.of(removed.messageId())));
    }

    @Property
    void aSubscriberThatJoinsLateIsOwedWhatIsAttemptedFromThenOn(
            @ForAll @IntRange(min = 1, max = 30) int messages, @ForAll @IntRange(min = 0, max = 30) int joins) {
        History history = new History();
        for (int n = 0; n < messages; n++) {
            if (n == joins) {
                history.subscribed("fraud");
            }
            history.attempted("orders", "E-" + n);
            history.confirmed("orders", "E-" + n);
            history.applied("email", "E-" + n);
        }
        if (joins >= messages) {
            history.subscribed("fraud");
        }
        List<Subscription> at = Subscription.all("email", "fraud");

        Set<String> owed =
                IntStream.range(joins, messages).mapToObj(n -> "E-" + n).collect(Collectors.toSet());
        assertThat(idsAt(Checkers.lost(history.events(), at), "fraud")).isEqualTo(owed);
    }

    private static void prove(Run run) {
        QUESTIONS.forEach((name, question) -> Statistics.label(name)
                .collect(Run.PLACES.stream()
                        .anyMatch(place -> !run.oracle(place, question).isEmpty()))
                .coverage(coverage -> coverage.check(true).percentage(p -> p > 10)));
        Statistics.label("nothing wrong")
                .collect(QUESTIONS.values().stream()
                        .allMatch(question -> Run.PLACES.stream()
                                .allMatch(place -> run.oracle(place, question).isEmpty())))
                .coverage(coverage -> coverage.check(true).percentage(p -> p > 1));
        Statistics.label("inconclusive")
                .collect(!run.anythingAttempted() ? "no attempt" : run.anythingConsumed() ? "no" : "no delivery")
                .coverage(coverage -> {
                    coverage.check("no attempt").percentage(p -> p > 1);
                    coverage.check("no delivery").percentage(p -> p > 1);
                });
    }

    private static void assertFindings(Run run, Verdict verdict, Question question) {
        boolean any = false;
        for (String place : Run.PLACES) {
            Set<String> expected = run.anythingConsumed() ? run.oracle(place, question) : Set.of();
            assertThat(idsAt(verdict, place)).isEqualTo(expected);
            any |= !expected.isEmpty();
        }
        assertThat(verdict.validity()).isEqualTo(validity(run, any));
    }

    private static void assertNotes(Run run, Verdict verdict, Note.Topic topic, Question question) {
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.validity()).isEqualTo(validity(run, false));
        for (String place : Run.PLACES) {
            Set<String> noted = verdict.notes().stream()
                    .filter(note -> note.topic() == topic && note.where().equals(place))
                    .flatMap(note -> note.messageIds().stream())
                    .collect(Collectors.toSet());
            boolean conclusive = run.anythingAttempted() && run.anythingConsumed();
            assertThat(noted).isEqualTo(conclusive ? run.oracle(place, question) : Set.of());
        }
    }

    private static Verdict.Validity validity(Run run, boolean anyFinding) {
        if (anyFinding) {
            return Verdict.Validity.INVALID;
        }
        boolean conclusive = run.anythingAttempted() && run.anythingConsumed();
        return conclusive ? Verdict.Validity.VALID : Verdict.Validity.INCONCLUSIVE;
    }

    private static Set<String> idsAt(Verdict verdict, String place) {
        return verdict.findings().stream()
                .filter(finding -> finding.where().equals(place))
                .flatMap(finding -> finding.messageIds().stream())
                .collect(Collectors.toSet());
    }

    private static Map<String, Set<String>> byGuaranteeAndPlace(List<Event> events) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Verdict verdict : List.of(
                Checkers.totalQueue(events, AT),
                Checkers.conservation(events, AT),
                Checkers.contradicted(events),
                Checkers.unanswered(events))) {
            for (Finding finding : verdict.findings()) {
                found.computeIfAbsent(finding.guarantee() + " at " + finding.where(), key -> new TreeSet<>())
                        .addAll(finding.messageIds());
            }
            found.computeIfAbsent("verdicts", key -> new TreeSet<>())
                    .add(verdict.validity().name());
        }
        return found;
    }

    private static boolean isConfirmed(Run run, String id) {
        return run.messages().stream()
                .anyMatch(message -> message.id().equals(id) && message.told().outcome == Outcome.OK);
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::messageId).toList();
    }

    @Provide
    Arbitrary<Run> runs() {
        Arbitrary<Told> told = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Told.YES)), Tuple.of(5, Arbitraries.of(Told.class)));
        Arbitrary<Fate> fate = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Fate.HANDLED)), Tuple.of(4, Arbitraries.of(Fate.class)));
        return Arbitraries.frequencyOf(
                Tuple.of(20, runsOf(told, fate)),
                Tuple.of(1, runsOf(told, Arbitraries.just(Fate.UNSEEN))),
                Tuple.of(1, runsOf(Arbitraries.just(Told.NEVER_PUBLISHED), fate)));
    }

    @Provide
    Arbitrary<Run> healthyRuns() {
        Arbitrary<Message> confirmed = messages(
                Arbitraries.of(Told.YES, Told.NOTHING_THEN_YES, Told.NO_THEN_YES),
                Arbitraries.of(Fate.HANDLED, Fate.HANDLED_ON_RETRY, Fate.DEAD, Fate.DEAD_TWICE, Fate.HANDLED_UNSEEN));
        Arbitrary<Message> doubtful = messages(
                Arbitraries.of(Told.NOTHING, Told.NOTHING_THEN_NO),
                Arbitraries.of(Fate.HANDLED, Fate.UNSEEN, Fate.DEAD, Fate.VANISHED));
        Arbitrary<Message> refused = messages(Arbitraries.of(Told.NO, Told.NO_TWICE), Arbitraries.just(Fate.UNSEEN));
        Arbitrary<Message> message =
                Arbitraries.frequencyOf(Tuple.of(4, confirmed), Tuple.of(1, doubtful), Tuple.of(1, refused));
        Message handled = new Message("", Told.YES, Map.of("email", Fate.HANDLED, "points", Fate.HANDLED));
        return runs(message.list().ofMaxSize(15).map(others -> {
            List<Message> all = new ArrayList<>(others);
            all.add(handled);
            return all;
        }));
    }

    private static Arbitrary<Run> runsOf(Arbitrary<Told> told, Arbitrary<Fate> fate) {
        return runs(messages(told, fate).list().ofMaxSize(15));
    }

    /** Ids are numbered afterwards, so that they are distinct and stay so while jqwik shrinks. */
    private static Arbitrary<Run> runs(Arbitrary<List<Message>> messages) {
        Arbitrary<List<Message>> numbered = messages.map(list -> IntStream.range(0, list.size())
                .mapToObj(n ->
                        new Message("E-" + n, list.get(n).told(), list.get(n).fates()))
                .toList());
        return Combinators.combine(numbered, Arbitraries.longs()).as(Run::new);
    }

    private static Arbitrary<Message> messages(Arbitrary<Told> told, Arbitrary<Fate> fate) {
        return Combinators.combine(told, fate, fate)
                .as((answer, email, points) -> new Message("", answer, Map.of("email", email, "points", points)));
    }
}

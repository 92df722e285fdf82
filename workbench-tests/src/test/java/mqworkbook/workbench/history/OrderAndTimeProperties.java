package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Order and time, each against the definition written out the slow way. */
class OrderAndTimeProperties {

    private static final List<Subscription> EMAIL = Subscription.all("email");

    /** Message n has key n % keys, is published n-th, and takes effect in the order of the list, repeats included. */
    record Arrivals(int keys, List<Integer> effects) {}

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void lateIsWhatWasOvertakenByALaterMessageOfItsKey(@ForAll("arrivals") Arrivals arrivals) {
        History history = new History();
        IntStream.range(0, 12).forEach(n -> history.attempted("orders", "E-" + n));
        arrivals.effects().forEach(n -> history.applied("email", "E-" + n));
        List<Integer> first = List.copyOf(new LinkedHashSet<>(arrivals.effects()));
        Set<String> late = first.stream()
                .filter(n -> first.subList(0, first.indexOf(n)).stream()
                        .anyMatch(before -> before > n && before % arrivals.keys() == n % arrivals.keys()))
                .map(n -> "E-" + n)
                .collect(Collectors.toSet());
        Statistics.label("late")
                .collect(late.isEmpty() ? "none" : late.size() == 1 ? "one" : "several")
                .coverage(coverage -> List.of("none", "one", "several")
                        .forEach(some -> coverage.check(some).percentage(p -> p > 5)));

        Verdict verdict = Checkers.reordered(
                history.events(), EMAIL, id -> "key-" + Integer.parseInt(id.substring(2)) % arrivals.keys());

        assertThat(verdict.findings().stream().flatMap(finding -> finding.messageIds().stream()))
                .containsExactlyInAnyOrderElementsOf(late);
    }

    @Property
    void effectsInTheOrderOfPublishingAreNeverLate(@ForAll("arrivals") Arrivals arrivals) {
        History history = new History();
        IntStream.range(0, 12).forEach(n -> history.attempted("orders", "E-" + n));
        arrivals.effects().stream().sorted().forEach(n -> history.applied("email", "E-" + n));

        assertThat(Checkers.reordered(history.events(), EMAIL, id -> "one key").findings())
                .isEmpty();
    }

    /** A delay in milliseconds, or none; and when the effect came after its publish. */
    record Timer(Integer delay, int waited) {}

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void prematureIsWhatTakesEffectBeforeItsDelayLessThePrecision(@ForAll("timers") List<Timer> timers) {
        int precision = 10;
        AtomicLong clock = new AtomicLong();
        History history = new History(clock::get);
        for (int n = 0; n < timers.size(); n++) {
            history.attempted("orders", "E-" + n);
            clock.addAndGet(timers.get(n).waited() * 1_000_000L);
            history.applied("email", "E-" + n);
        }
        Set<String> early = IntStream.range(0, timers.size())
                .filter(n -> timers.get(n).delay() != null
                        && timers.get(n).waited() < timers.get(n).delay() - precision)
                .mapToObj(n -> "E-" + n)
                .collect(Collectors.toSet());
        Statistics.label("early").collect(!early.isEmpty()).coverage(coverage -> {
            coverage.check(true).percentage(p -> p > 20);
            coverage.check(false).percentage(p -> p > 5);
        });

        Verdict verdict = Checkers.premature(
                history.events(),
                EMAIL,
                id -> {
                    Integer delay =
                            timers.get(Integer.parseInt(id.substring(2))).delay();
                    return delay == null ? null : Duration.ofMillis(delay);
                },
                Duration.ofMillis(precision));

        assertThat(verdict.findings().stream().flatMap(finding -> finding.messageIds().stream()))
                .containsExactlyInAnyOrderElementsOf(early);
    }

    @Provide
    Arbitrary<Arrivals> arrivals() {
        Arbitrary<List<Integer>> shuffled =
                Arbitraries.shuffle(IntStream.range(0, 12).boxed().toList());
        Arbitrary<List<Integer>> nearlySorted = Arbitraries.integers()
                .between(0, 10)
                .map(swapped -> IntStream.range(0, 12)
                        .mapToObj(n -> n == swapped ? n + 1 : n == swapped + 1 ? n - 1 : n)
                        .toList());
        Arbitrary<List<Integer>> repeating =
                Arbitraries.integers().between(0, 11).list().ofMaxSize(20);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4), Arbitraries.oneOf(shuffled, nearlySorted, repeating))
                .as(Arrivals::new);
    }

    @Provide
    Arbitrary<List<Timer>> timers() {
        Arbitrary<Integer> delay = Arbitraries.integers().between(0, 100).injectNull(0.2);
        return Combinators.combine(delay, Arbitraries.integers().between(0, 100))
                .as(Timer::new)
                .list()
                .ofMaxSize(10);
    }
}

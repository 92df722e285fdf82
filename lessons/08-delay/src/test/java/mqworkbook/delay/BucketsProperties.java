package mqworkbook.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.delay.order.DelayPolicy;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class BucketsProperties {

    /** Buckets, and a time to wait. */
    record Wait(List<Long> buckets, long millis) {

        @Override
        public String toString() {
            return millis + " ms in buckets of " + buckets + " ms";
        }
    }

    @Property(tries = 1_000)
    @Label("a wait over buckets ends at its deadline or a shortest bucket after it, in few moves")
    void waits(@ForAll("waits") Wait wait) {
        DelayPolicy policy =
                DelayPolicy.of(wait.buckets().stream().map(Duration::ofMillis).toList(), Duration.ofSeconds(1));
        Buckets buckets = new Buckets(policy);
        long shortest = policy.buckets().first().toMillis();
        int few = fewest(wait);
        List<Long> moves = new ArrayList<>();
        long left = wait.millis();
        do {
            Duration next = buckets.next(Duration.ofMillis(left));
            if (next == null || !policy.buckets().contains(next)) {
                throw Wrong.that("A timeout is sent into a bucket that does not exist")
                        .seen(wait + ": with " + left + " ms left, next() said " + next);
            }
            moves.add(next.toMillis());
            left -= next.toMillis();
        } while (left > 0 && moves.size() <= few);
        if (-left >= shortest && (moves.size() > 1 || wait.millis() > 0)) {
            throw Wrong.that("A timeout comes late, because its last bucket was too long")
                    .seen(wait + ": it waited in " + moves + ", " + -left + " ms too long; the shortest bucket has "
                            + shortest + " ms")
                    .means("An order with a day to pay is cancelled after two, and keeps its units as long.")
                    .suspect("a bucket that is rounded up");
        }
        if (left > 0) {
            throw Wrong.that("A timeout is moved more often than it has to be")
                    .seen(wait + ": " + moves.size() + " moves ("
                            + moves.stream().limit(8).toList() + "), and " + left + " ms are left; " + few
                            + " moves are enough for all")
                    .means("A thousand waiting orders keep the broker as busy as a million.")
                    .suspect("a shorter bucket than would fit");
        }
        Statistics.label("moves").collect(wait.millis() < shortest ? "shorter than all" : few > 1 ? "several" : "one");
        Statistics.label("moves").coverage(coverage -> {
            coverage.check("shorter than all").percentage(share -> share > 2);
            coverage.check("several").percentage(share -> share > 20);
        });
    }

    /** The moves of one who takes the longest that fits each time. */
    private static int fewest(Wait wait) {
        long left = wait.millis();
        int moves = 0;
        for (int i = wait.buckets().size() - 1; i >= 0; i--) {
            moves += (int) (left / wait.buckets().get(i));
            left %= wait.buckets().get(i);
        }
        return left > 0 || moves == 0 ? moves + 1 : moves;
    }

    @Provide
    Arbitrary<Wait> waits() {
        Arbitrary<List<Long>> buckets = Combinators.combine(
                        Arbitraries.longs().between(1, 1_000),
                        Arbitraries.longs().between(2, 20).list().ofMaxSize(4))
                .as((first, factors) -> {
                    List<Long> sizes = new ArrayList<>(List.of(first));
                    factors.forEach(factor -> sizes.add(sizes.get(sizes.size() - 1) * factor));
                    return sizes;
                });
        return buckets.flatMap(sizes -> {
            long longest = sizes.get(sizes.size() - 1);
            Arbitrary<Long> anything = Arbitraries.longs().between(0, longest * 3);
            Arbitrary<Long> aFew = Arbitraries.longs().between(0, sizes.get(0));
            return Arbitraries.oneOf(anything, anything, aFew, Arbitraries.of(sizes))
                    .map(millis -> new Wait(sizes, millis));
        });
    }
}

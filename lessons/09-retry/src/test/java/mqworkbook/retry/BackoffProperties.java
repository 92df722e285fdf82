package mqworkbook.retry;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class BackoffProperties {

    @Property(tries = 1000)
    @Label("a rest is never shorter than scheduled, and jitter stretches it by its share at most")
    void schedule(
            @ForAll("policies") RetryPolicy policy, @ForAll("failedAttempts") int failedAttempts, @ForAll long seed) {
        double scheduled = scheduled(policy, failedAttempts);
        long rest = new Backoff(policy).delay(failedAttempts, new Random(seed)).toMillis();
        Statistics.label("rest")
                .collect(scheduled < policy.maxDelay().toMillis() ? "grows" : "longest")
                .coverage(coverage -> {
                    coverage.check("grows").percentage(share -> share > 10);
                    coverage.check("longest").percentage(share -> share > 10);
                });
        if (rest < scheduled - 1) {
            throw Wrong.that("A rest is shorter than scheduled")
                    .seen(seen(policy, failedAttempts) + ": " + rest + " ms, scheduled are " + (long) scheduled + " ms")
                    .means(
                            rest <= 0
                                    ? "No rest at all: after many failures the retries become a hot loop."
                                    : "The gateway gets less time to recover than was agreed.")
                    .suspect(
                            rest <= 0
                                    ? "an overflow: a shift or a product of longs turns negative"
                                    : "jitter that shortens (\"full jitter\"), the exponent off by one, or a linear backoff");
        }
        if (rest > scheduled * (1 + policy.jitter()) + 2) {
            throw Wrong.that("A rest is longer than the longest delay and its jitter allow")
                    .seen(seen(policy, failedAttempts) + ": " + rest + " ms, scheduled are " + (long) scheduled
                            + " ms, stretched by " + policy.jitter() + " of it at most")
                    .means("The payment is made days after the gateway is back.")
                    .suspect("a longest delay that nobody looks at, or the exponent off by one");
        }
    }

    @Property(tries = 200)
    @Label("with jitter, rests differ; without, they do not")
    void jitter(
            @ForAll @IntRange(min = 100, max = 10_000) int firstDelay,
            @ForAll @IntRange(max = 5) int fifths,
            @ForAll long seed) {
        RetryPolicy policy = new RetryPolicy(
                3, Duration.ofMillis(firstDelay), 2, Duration.ofHours(1), fifths / 5.0, Desk.CONFIRM_TIMEOUT);
        Random random = new Random(seed);
        Set<Duration> rests = new TreeSet<>();
        for (int draw = 0; draw < 40; draw++) {
            rests.add(new Backoff(policy).delay(1, random));
        }
        Statistics.label("jitter").collect(fifths == 0 ? "none" : "some");
        if (fifths > 0 && rests.size() == 1) {
            throw Wrong.that("Rests are all the same, although there is jitter")
                    .seen("40 draws with a first delay of " + firstDelay + " ms and jitter " + policy.jitter()
                            + ": all " + rests)
                    .means("What failed together comes back together, and the gateway is down again.")
                    .suspect("no jitter, or a seed that is the same each time");
        }
        if (fifths == 0 && rests.size() > 1) {
            throw Wrong.that("Rests differ, although there is no jitter").seen("40 draws: " + rests);
        }
    }

    private static double scheduled(RetryPolicy policy, int failedAttempts) {
        return Math.min(
                policy.maxDelay().toMillis(),
                policy.firstDelay().toMillis() * Math.pow(policy.factor(), failedAttempts - 1.0));
    }

    private static String seen(RetryPolicy policy, int failedAttempts) {
        return "first delay " + policy.firstDelay().toMillis() + " ms, factor " + policy.factor() + ", longest delay "
                + policy.maxDelay().toMillis() + " ms; the rest after " + failedAttempts + " failed attempts";
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 100_000),
                        Arbitraries.of(1.0, 1.5, 2.0, 3.0, 10.0),
                        Arbitraries.integers().between(1, 1_000),
                        Arbitraries.of(0.0, 0.1, 0.5, 1.0))
                .as((first, factor, most, jitter) -> new RetryPolicy(
                        5,
                        Duration.ofMillis(first),
                        factor,
                        Duration.ofMillis((long) first * most),
                        jitter,
                        Desk.CONFIRM_TIMEOUT));
    }

    @Provide
    Arbitrary<Integer> failedAttempts() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(1, 8)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(31, 32, 33, 63, 64, 65, 100, 1_000, Integer.MAX_VALUE)));
    }
}

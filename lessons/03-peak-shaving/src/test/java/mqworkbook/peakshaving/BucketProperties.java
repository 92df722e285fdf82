package mqworkbook.peakshaving;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

class BucketProperties {

    /**
     * Time goes on, then some come.
     *
     * @param nanos negative when somebody else has read the clock a moment later, and was quicker
     */
    record Moment(long nanos, int clicks) {}

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    @Property(tries = 1000)
    @Label("it lets through what a bucket of exact fractions would, at any time, at any pace")
    void exact(
            @ForAll("bursts") int burst,
            @ForAll("rates") int perSecond,
            @ForAll("starts") long start,
            @ForAll("moments") List<Moment> moments) {
        AtomicLong time = new AtomicLong(start);
        TokenBucket bucket = new TokenBucket(burst, perSecond, time::get);
        BucketOracle oracle = new BucketOracle(burst, perSecond);
        boolean refused = false;
        boolean wrapped = false;
        for (Moment moment : moments) {
            long before = time.get();
            if (moment.nanos() >= 0) {
                time.addAndGet(moment.nanos());
                oracle.advance(moment.nanos());
            }
            wrapped |= before > 0 && time.get() < 0;
            for (int click = 0; click < moment.clicks(); click++) {
                boolean let = bucket.tryAcquire();
                refused |= !let;
                oracle.answered(let);
            }
            if (moment.nanos() < 0) {
                // Read earlier, and told later: nothing may be taken away or added for it.
                oracle.answered(bucket.tryAcquire());
                time.addAndGet(moment.nanos());
                oracle.answered(bucket.tryAcquire());
                time.addAndGet(-moment.nanos());
            }
        }
        Statistics.label("refusals")
                .collect(refused ? "some" : "none")
                .coverage(coverage -> coverage.check("some").percentage(share -> share > 50));
        Statistics.label("clock")
                .collect(wrapped ? "goes through the largest number" : "does not")
                .coverage(coverage ->
                        coverage.check("goes through the largest number").percentage(share -> share > 5));
    }

    @Property(tries = 300)
    @Label("who looks often gets as much as who looks seldom: no fraction is lost")
    void noFractionIsLost(@ForAll("rates") int perSecond, @ForAll("looks") int looks) {
        AtomicLong time = new AtomicLong(7);
        TokenBucket bucket = new TokenBucket(1, perSecond, time::get);
        BucketOracle oracle = new BucketOracle(1, perSecond);
        long step = Math.max(1, SECOND / perSecond / looks);
        for (int look = 0; look < 3 * looks; look++) {
            oracle.answered(bucket.tryAcquire());
            time.addAndGet(step);
            oracle.advance(step);
        }
        Statistics.label("looks for each token").collect(looks < 10 ? "few" : "many");
    }

    @Provide
    Arbitrary<Integer> bursts() {
        return Arbitraries.integers().between(1, 50);
    }

    @Provide
    Arbitrary<Integer> rates() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 100)), Tuple.of(1, Arbitraries.of(3, 7, 999, 1_000_000)));
    }

    @Provide
    Arbitrary<Integer> looks() {
        return Arbitraries.integers().between(1, 60);
    }

    @Provide
    Arbitrary<Long> starts() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0L)),
                Tuple.of(2, Arbitraries.longs().between(Long.MAX_VALUE - SECOND, Long.MAX_VALUE)),
                Tuple.of(1, Arbitraries.longs()));
    }

    @Provide
    Arbitrary<List<Moment>> moments() {
        Arbitrary<Long> nanos = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0L)),
                Tuple.of(4, Arbitraries.longs().between(1, SECOND)),
                Tuple.of(1, Arbitraries.longs().between(1, 1_000)),
                Tuple.of(1, Arbitraries.longs().between(SECOND, 30 * DAY)),
                Tuple.of(1, Arbitraries.longs().between(-SECOND / 10, -1)));
        Arbitrary<Integer> clicks = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 3)),
                Tuple.of(1, Arbitraries.integers().between(4, 60)));
        return Combinators.combine(nanos, clicks)
                .as(Moment::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(15);
    }
}

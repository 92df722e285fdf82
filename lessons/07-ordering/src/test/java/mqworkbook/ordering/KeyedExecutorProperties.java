package mqworkbook.ordering;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class KeyedExecutorProperties {

    /** What happens next. */
    sealed interface Move permits Submit, End {}

    /** A task comes. */
    record Submit(String key, boolean failing) implements Move {}

    /** One of those at work ends. */
    record End(int which) implements Move {}

    @Property(tries = 400)
    @Label("one key in sequence, and no thread idle while another key is ready")
    void conserving(
            @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll("moves") List<Move> moves,
            @ForAll("rejections") List<Boolean> rejections) {
        Statistics.label("rejections").collect(rejections.contains(true));
        Statistics.label("failures")
                .collect(moves.stream().anyMatch(move -> move instanceof Submit task && task.failing()))
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 25));
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        Floor floor = new Floor(rejecting(pool, rejections), threads);
        try {
            for (Move move : moves) {
                if (move instanceof Submit task) {
                    floor.submit(task.key(), task.failing());
                } else if (move instanceof End end) {
                    floor.end(end.which());
                }
                floor.expectBusy();
            }
            floor.finish();
        } finally {
            floor.releaseAll();
            pool.shutdown();
        }
    }

    /** A pool that is full now and then: the n-th call is rejected if the n-th entry says so. */
    private static Executor rejecting(Executor pool, List<Boolean> rejections) {
        AtomicInteger calls = new AtomicInteger();
        return task -> {
            int call = calls.getAndIncrement();
            if (call < rejections.size() && rejections.get(call)) {
                throw new RejectedExecutionException("the pool is full");
            }
            pool.execute(task);
        };
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        // The first two have one hash code, as keys of some million orders have.
        Arbitrary<Move> submit = Combinators.combine(
                        Arbitraries.of("Aa", "BB", "C", "D"),
                        Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
                .as(Submit::new);
        Arbitrary<Move> end = Arbitraries.integers().between(0, 2).map(End::new);
        return Arbitraries.frequencyOf(Tuple.of(3, submit), Tuple.of(2, end))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Boolean>> rejections() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(List.of())),
                Tuple.of(
                        1,
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true))
                                .list()
                                .ofMaxSize(20)));
    }
}

package mqworkbook.async;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The bookkeeping of one partition; without a broker. */
class ProgressProperties {

    /**
     * Jobs that are begun and done in some order.
     *
     * @param first offset of the first
     * @param gaps how many offsets are missing before each job
     * @param order for each step, which of the open jobs is done next; negative to begin another one first
     */
    record Story(long first, List<Integer> gaps, List<Integer> order) {}

    @Property(tries = 1000)
    @Label("what may be committed is the first offset that is not done, and never goes back")
    void committable(@ForAll("stories") Story story) {
        Progress progress = new Progress();
        List<Long> open = new ArrayList<>();
        TreeSet<Long> done = new TreeSet<>();
        List<String> told = new ArrayList<>();
        long next = story.first();
        int begun = 0;
        long before = -1;
        boolean outOfOrder = false;
        for (int choice : story.order()) {
            if (begun < story.gaps().size() && (choice < 0 || open.isEmpty())) {
                next += story.gaps().get(begun++);
                told.add("begun " + next);
                open.add(next);
                progress.begun(next++);
            } else if (!open.isEmpty()) {
                int which = Math.floorMod(choice, open.size());
                outOfOrder |= which > 0;
                long offset = open.remove(which);
                told.add("done " + offset);
                done.add(offset);
                progress.done(offset);
            }
            before = check(progress.committable(), open, done, told, before);
        }
        Statistics.label("order")
                .collect(outOfOrder ? "out of order" : "in order")
                .coverage(coverage -> coverage.check("out of order").percentage(share -> share > 30));
    }

    private static long check(
            OptionalLong committable, List<Long> open, TreeSet<Long> done, List<String> told, long before) {
        long lowestOpen = open.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        Long lastBelow = done.lower(lowestOpen);
        if (committable.isEmpty() && lastBelow == null) {
            return before;
        }
        long offset = committable.orElse(-1);
        long least = lastBelow == null ? lowestOpen : lastBelow + 1;
        // With a gap in the log, any offset in the gap says the same.
        long most = lowestOpen == Long.MAX_VALUE ? least : lowestOpen;
        if (offset > most) {
            throw Wrong.that("A video may be committed before the work was done")
                    .seen(told + ": committable is " + offset + ", and offset " + lowestOpen + " is not done")
                    .means("If the worker dies now, nobody ever works on that video again.")
                    .suspect("the highest offset that is done, in place of the first that is not");
        }
        if (offset < least) {
            throw Wrong.that("What is done cannot be committed")
                    .seen(told + ": committable is " + (committable.isEmpty() ? "nothing" : Long.toString(offset))
                            + ", and everything below " + least + " is done")
                    .means("After a restart it is all worked on again; at worst nothing is ever committed.")
                    .suspect(
                            "the record's own offset in place of the next, or jobs that were done early are forgotten");
        }
        if (offset < before) {
            throw Wrong.that("The committable offset went back")
                    .seen(told + ": committable was " + before + ", and is " + offset);
        }
        return offset;
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<List<Integer>> gaps = Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 7))
                .list()
                .ofMinSize(2)
                .ofMaxSize(8);
        Arbitrary<List<Integer>> order =
                Arbitraries.integers().between(-8, 8).list().ofMinSize(4).ofMaxSize(24);
        return Combinators.combine(Arbitraries.longs().between(0, 1_000_000), gaps, order)
                .as(Story::new);
    }
}

package mqworkbook.logs;

import java.util.List;
import java.util.Optional;
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

/** The buffer alone; without a broker. */
class BufferProperties {

    /**
     * Something that happens to the buffer.
     *
     * @param level of the line that is offered; none when lines are taken
     * @param count how many lines are taken, or how often a line is offered that is alike in everything
     */
    record Op(Optional<Level> level, int count) {}

    /** Whatever happens to a buffer of this capacity. */
    record Story(int capacity, List<Op> ops) {}

    @Property(tries = 1000)
    @Label("only the lowest level gives way, only when there is no room, and the rest keeps its order")
    void lowestGivesWay(@ForAll("stories") Story story) throws InterruptedException {
        BufferModel model = new BufferModel(story.capacity());
        boolean overtaken = false;
        int number = 0;
        for (Op op : story.ops()) {
            if (op.level().isEmpty()) {
                model.take(op.count());
                continue;
            }
            LogLine line = new LogLine("A-1", op.level().get(), Lines.TODAY, "L-" + number++ + " again");
            for (int copy = 0; copy < op.count(); copy++) {
                Optional<LogLine> gaveWay = model.offer(line);
                overtaken |= gaveWay.isPresent() && gaveWay.get().level() != line.level();
            }
        }
        model.takeAll();
        Statistics.label("refusals")
                .collect(model.refused() == 0 ? "none" : overtaken ? "one that waited" : "the new one")
                .coverage(coverage -> {
                    coverage.check("none").percentage(share -> share > 3);
                    coverage.check("one that waited").percentage(share -> share > 30);
                });
        Statistics.label("twins")
                .collect(story.ops().stream().anyMatch(op -> op.level().isPresent() && op.count() > 1))
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<Op> offers = Combinators.combine(
                        Arbitraries.of(Level.class), Arbitraries.frequency(Tuple.of(6, 1), Tuple.of(1, 2)))
                .as((level, count) -> new Op(Optional.of(level), count));
        Arbitrary<Op> takes = Arbitraries.integers().between(1, 5).map(count -> new Op(Optional.empty(), count));
        Arbitrary<List<Op>> ops = Arbitraries.frequencyOf(Tuple.of(5, offers), Tuple.of(1, takes))
                .list()
                .ofMinSize(3)
                .ofMaxSize(40);
        return Combinators.combine(Arbitraries.integers().between(1, 8), ops).as(Story::new);
    }
}

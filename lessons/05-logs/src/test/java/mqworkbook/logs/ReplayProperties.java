package mqworkbook.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.kafka.KafkaFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** A log that grows with each try, an indexer that follows it, and a rebuild after each. */
class ReplayProperties {

    /** What comes into the log. */
    enum Entry {
        LINE,
        TWINS,
        NO_LINE,
        TRANSACTION
    }

    private static KafkaFixture kafka;
    private static Center center;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        center = new Center(kafka, 3);
        center.index("indexer 1");
    }

    @AfterContainer
    static void close() {
        center.close();
        kafka.close();
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("from the first offset on comes the same index")
    void sameIndex(@ForAll("entries") List<Entry> entries) {
        List<String> apps = List.of(Lines.app(), Lines.app(), Lines.app());
        List<LogLine> lines = new ArrayList<>();
        for (Entry entry : entries) {
            Statistics.label("entries").collect(entry);
            LogLine line = Lines.line(apps.get(lines.size() % apps.size()), Level.INFO);
            switch (entry) {
                case LINE -> publish(lines, line);
                case TWINS -> {
                    publish(lines, line);
                    publish(lines, line);
                }
                case NO_LINE -> center.site().publish(line.app(), "no line".getBytes(StandardCharsets.UTF_8));
                case TRANSACTION -> {
                    center.site().publishInTransaction(line);
                    lines.add(line);
                }
                default -> throw new IllegalStateException(entry.toString());
            }
        }
        center.expectIndexed(lines);
        new Rebuilding(center)
                .start()
                .expectDone(entries.toString())
                .expectSameAs(center.disk().lines());
    }

    private static void publish(List<LogLine> lines, LogLine line) {
        center.site().publish(line);
        lines.add(line);
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        return Arbitraries.frequency(
                        Tuple.of(5, Entry.LINE),
                        Tuple.of(2, Entry.TWINS),
                        Tuple.of(1, Entry.NO_LINE),
                        Tuple.of(1, Entry.TRANSACTION))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}

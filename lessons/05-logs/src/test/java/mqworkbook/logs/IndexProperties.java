package mqworkbook.logs;

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

/** One index, one log, and indexers that come and go. */
class IndexProperties {

    /** What happens next. */
    enum Move {
        LINES,
        TWINS,
        DIE_BEFORE_COMMIT,
        DIE_AFTER_COMMIT,
        RESTART,
        SET_BACK,
        DISK_FULL
    }

    private static KafkaFixture kafka;
    private static Center center;
    private static Site site;
    private static Machine machine;
    private static LogIndexer indexer;
    private static int machines;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        center = new Center(kafka, 3);
        site = center.site();
        machine = null;
    }

    @AfterContainer
    static void close() {
        center.close();
        kafka.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("the index holds exactly the lines of the log, in order for each application")
    void indexIsLog(@ForAll("moves") List<Move> moves) {
        List<String> apps = List.of(Lines.app(), Lines.app(), Lines.app());
        List<LogLine> lines = new ArrayList<>();
        for (Move move : moves) {
            Statistics.label("moves").collect(move);
            needIndexer();
            switch (move) {
                case LINES -> publish(apps, 3, lines);
                case TWINS -> {
                    LogLine twin = Lines.line(apps.get(0), Level.WARN);
                    lines.addAll(List.of(twin, twin));
                    site.publishAll(List.of(twin, twin));
                }
                case DIE_BEFORE_COMMIT -> die(Disk.BEFORE_COMMIT, apps, lines);
                case DIE_AFTER_COMMIT -> die(Disk.AFTER_COMMIT, apps, lines);
                case RESTART -> leave();
                case SET_BACK -> {
                    leave();
                    site.setBack(site.topics().indexGroup());
                }
                case DISK_FULL -> center.disk().fail(1);
                default -> throw new IllegalStateException(move.toString());
            }
        }
        needIndexer();
        publish(apps, 1, lines);
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        apps.forEach(app -> center.checkIndexed(
                app, lines.stream().filter(line -> line.app().equals(app)).toList()));
    }

    private static void needIndexer() {
        if (machine == null || machine.isDead()) {
            machine = center.machine("indexer " + ++machines, site.topics().indexGroup());
            indexer = center.index(machine);
        }
    }

    private static void die(String point, List<String> apps, List<LogLine> lines) {
        machine.dyingAt(point::equals);
        publish(apps, 2, lines);
        center.expectDead(machine, point);
    }

    private static void leave() {
        center.expectClosed(indexer);
        machine = null;
    }

    private static void publish(List<String> apps, int each, List<LogLine> lines) {
        List<LogLine> now = new ArrayList<>();
        for (String app : apps) {
            now.addAll(Lines.lines(app, Level.INFO, each));
        }
        lines.addAll(now);
        site.publishAll(now);
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.frequency(
                        Tuple.of(6, Move.LINES),
                        Tuple.of(2, Move.TWINS),
                        Tuple.of(1, Move.DIE_BEFORE_COMMIT),
                        Tuple.of(1, Move.DIE_AFTER_COMMIT),
                        Tuple.of(1, Move.RESTART),
                        Tuple.of(1, Move.SET_BACK),
                        Tuple.of(1, Move.DISK_FULL))
                .list()
                .ofMinSize(2)
                .ofMaxSize(5);
    }
}

package mqworkbook.logs;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
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

/** One collector that lives through everything; with patience, so that in the end nothing is in doubt. */
class CollectProperties {

    private static final int ROOM = 60;

    /** What happens next. */
    enum Move {
        FEW_LINES,
        MANY_LINES,
        LOSE_REQUEST,
        LOSE_ANSWER,
        AWAY,
        BACK
    }

    private static KafkaFixture kafka;
    private static Site site;
    private static Collector collector;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        site = new Site(kafka, 3);
        collector = new Collector(kafka.client("collector").settings(), site.topics(), ROOM, Collector.PATIENT);
    }

    @AfterContainer
    static void close() {
        collector.close();
        kafka.close();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("logged = in the log + dropped, for each level; each line once, and in order")
    void conserved(@ForAll("moves") List<Move> moves) {
        Relay relay = kafka.client("collector").relay();
        List<String> apps = List.of(Lines.app(), Lines.app(), Lines.app());
        for (Move move : moves) {
            Statistics.label("moves").collect(move);
            switch (move) {
                case FEW_LINES -> collector.log(lines(apps, 2));
                case MANY_LINES -> collector.log(lines(apps, 15));
                case LOSE_REQUEST ->
                    relay.on(Direction.TO_BROKER, message -> message.is("Produce"))
                            .cutBefore();
                case LOSE_ANSWER ->
                    relay.on(Direction.TO_CLIENT, message -> message.is("Produce"))
                            .cutBefore();
                case AWAY -> relay.refuse();
                case BACK -> relay.heal();
                default -> throw new IllegalStateException(move.toString());
            }
        }
        relay.heal();
        collector.expectSettled();
        if (collector.counts().unknown() > 0) {
            throw Wrong.that("Lines were given up that had time enough")
                    .seen(moves + ": " + collector.counts() + "; the client may try for "
                            + Collector.PATIENT.toSeconds() + " s");
        }
        new Accounts(site, collector).check();
    }

    private static List<LogLine> lines(List<String> apps, int each) {
        List<LogLine> lines = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (String app : apps) {
                lines.add(Lines.line(app, Level.values()[(i + lines.size()) % 4]));
            }
        }
        return lines;
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.frequency(
                        Tuple.of(4, Move.FEW_LINES),
                        Tuple.of(4, Move.MANY_LINES),
                        Tuple.of(2, Move.LOSE_REQUEST),
                        Tuple.of(2, Move.LOSE_ANSWER),
                        Tuple.of(2, Move.AWAY),
                        Tuple.of(2, Move.BACK))
                .list()
                .ofMinSize(4)
                .ofMaxSize(10);
    }
}

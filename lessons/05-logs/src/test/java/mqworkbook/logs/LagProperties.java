package mqworkbook.logs;

import java.util.List;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.kafka.KafkaFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** One log and two groups, watched through everything. */
class LagProperties {

    private static final int PARTITIONS = 3;

    /**
     * What happens.
     *
     * @param lines how many lines come into the partition
     * @param group which group commits then
     * @param left how many lines it leaves uncommitted in the partition
     */
    record Move(int partition, int lines, int group, int left) {}

    private static KafkaFixture kafka;
    private static Watching watching;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        watching = new Watching(new Site(kafka, PARTITIONS), PARTITIONS);
    }

    @AfterContainer
    static void close() {
        watching.close();
        kafka.close();
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("lags and alarms are those of a model")
    void likeTheModel(@ForAll("moves") List<Move> moves) {
        for (Move move : moves) {
            watching.publish(move.partition(), move.lines());
            long end = watching.end(move.partition());
            watching.commit(move.group(), move.partition(), Math.max(0, end - move.left()));
            Statistics.label("left").collect(move.left() > Watching.LIMIT ? "above the limit" : "within");
            watching.expectCheck(moves.toString());
        }
        watching.expectLags();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, PARTITIONS - 1),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 8))
                .as(Move::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}

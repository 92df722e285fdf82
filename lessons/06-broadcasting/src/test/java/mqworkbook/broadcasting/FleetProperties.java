package mqworkbook.broadcasting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

class FleetProperties {

    /** What happens next. */
    enum Move {
        PUT,
        REMOVE,
        REPEAT_A_MESSAGE,
        LOSE_A_MESSAGE,
        CUT,
        GO_AWAY,
        COME_BACK,
        JOIN
    }

    /**
     * One move.
     *
     * @param node which node it befalls
     * @param key which setting
     */
    record Event(Move move, int node, int key) {}

    /** A node with somebody who listens. */
    private record Member(String name, ConfigNode node, TestListener listener) {}

    private static final int KEYS = 3;

    private static RedisFixture redis;
    private static Fleet fleet;
    private static List<Member> members;
    private static int joined;

    @BeforeContainer
    static void open() {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
        fleet = new Fleet(redis);
        members = new ArrayList<>();
        join();
        join();
        join();
    }

    @AfterContainer
    static void close() {
        redis.close();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("when all is healed and nothing more is published, every node equals the store, and none ever went back")
    void convergesAndNeverGoesBack(@ForAll("events") List<Event> events) {
        Map<Integer, Change> published = new LinkedHashMap<>();
        Member newcomer = null;
        boolean lost = false;
        for (Event event : events) {
            Statistics.label("moves").collect(event.move());
            Member member = members.get(event.node());
            String key = "flag.F-" + event.key();
            switch (event.move()) {
                case PUT -> published.put(event.key(), fleet.registry.put(key, "on " + fleet.registry.version()));
                case REMOVE -> published.put(event.key(), fleet.registry.remove(key));
                case REPEAT_A_MESSAGE -> published.values().forEach(fleet.registry::publish);
                case LOSE_A_MESSAGE -> fleet.wire(member.name()).loseNextMessage();
                case CUT -> fleet.client(member.name()).relay().cut();
                case GO_AWAY -> fleet.client(member.name()).relay().refuse();
                case COME_BACK -> fleet.client(member.name()).relay().heal();
                case JOIN -> newcomer = newcomer == null ? join() : newcomer;
                default -> throw new IllegalStateException(event.toString());
            }
            lost |= event.move() == Move.LOSE_A_MESSAGE;
        }
        members.forEach(member -> fleet.client(member.name()).relay().heal());
        if (lost) {
            // A lost message shows when the next one comes, and not before.
            fleet.registry.put("flag.last", "on " + fleet.registry.version());
        }
        members.forEach(FleetProperties::expectConverged);
        if (newcomer != null) {
            newcomer.node().close();
            members.remove(newcomer);
        }
        Problems.throwIfAny();
    }

    private static Member join() {
        String name = "node-" + ++joined;
        Member member = new Member(name, fleet.node(name), new TestListener());
        member.node().listen(member.listener());
        member.node().join();
        members.add(member);
        return member;
    }

    private static void expectConverged(Member member) {
        LocalSettings settings = member.node().settings();
        fleet.await(
                Fleet.SOON.multipliedBy(2),
                member.name(),
                member.name() + " equals the store",
                () -> fleet.differences(member.name(), settings).isEmpty(),
                () -> Wrong.that("A node does not converge to the store")
                        .seen(String.join("\n", fleet.differences(member.name(), settings)))
                        .means("It goes by other settings than the rest of the fleet, and nothing will mend it.")
                        .suspect("a loss that is noticed by nobody: away, a gap, or a re-sync that was skipped"));
        if (!member.listener().wentBack().isEmpty()) {
            throw Wrong.that("A node went back to an older version")
                    .seen(member.name() + " told its listener "
                            + String.join("; ", member.listener().wentBack()))
                    .means("For a moment, or for good, a setting of yesterday is back.")
                    .suspect("no comparison of versions, or apply and tell not in one step");
        }
        fleet.registry
                .all()
                .forEach((key, stored) -> fleet.await(
                        member.name(),
                        "the listener knows the last of " + key,
                        () -> member.listener().version(key) == stored.version(),
                        () -> Wrong.that("A listener was not told of the last change")
                                .seen(member.name() + " holds " + stored.text() + "; its listener was told version "
                                        + member.listener().version(key) + " last")
                                .means("The setting is there, and the application does not act on it.")));
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Move> moves = Arbitraries.frequency(
                Tuple.of(6, Move.PUT),
                Tuple.of(2, Move.REMOVE),
                Tuple.of(2, Move.REPEAT_A_MESSAGE),
                Tuple.of(2, Move.LOSE_A_MESSAGE),
                Tuple.of(2, Move.CUT),
                Tuple.of(2, Move.GO_AWAY),
                Tuple.of(1, Move.COME_BACK),
                Tuple.of(1, Move.JOIN));
        return Combinators.combine(
                        moves,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, KEYS))
                .as(Event::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(14);
    }
}

package mqworkbook.sync;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.sync.user.User;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
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
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** The relay between a real database and a real broker. */
class RelayProperties {

    /** What befalls a round. */
    enum Fate {
        NONE,
        DIES_AT_THE_DATABASE,
        MESSAGE_LOST,
        ANSWER_LOST
    }

    /**
     * Some users change, and a relay comes.
     *
     * @param at which call or message the fate meets
     */
    record Round(List<Integer> users, Fate fate, int at) {}

    private static Site site;
    private static DefaultMQProducer producer;

    @BeforeContainer
    static void open() {
        site = Site.open();
        producer = site.producer("relay");
    }

    @AfterContainer
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "every event reaches the broker, no event before an earlier one of its user, and nothing is noted in advance")
    void published(@ForAll("rounds") List<Round> rounds) throws Exception {
        String run = "-" + Store.number();
        Set<String> users = new LinkedHashSet<>();
        List<String> told = new ArrayList<>();
        int number = 0;
        for (Round round : rounds) {
            for (int each : round.users()) {
                String user = "U-" + each + run;
                User next = new User(user, "Ada", ++number + " Mill Lane");
                if (users.add(user)) {
                    site.userService().register(next);
                } else {
                    site.userService().change(next);
                }
            }
            Statistics.label("fates").collect(round.fate());
            told.add(round.fate() + " " + round.at());
            relay(round);
            for (String user : users) {
                site.expectOrder(user, "after " + told);
            }
            site.expectSentIsThere("after " + told);
        }
        site.drain(site.relay(site.users().process("relay"), producer), "after " + told);
        for (String user : users) {
            site.expectPublished(user, "after " + told);
        }
    }

    private static void relay(Round round) throws InterruptedException {
        DatabaseActor process = site.users().process("relay");
        Rule rule = switch (round.fate()) {
            case NONE -> null;
            case DIES_AT_THE_DATABASE -> {
                CallMoment.dieBefore(process, round.at());
                yield null;
            }
            case MESSAGE_LOST -> cut(Direction.TO_BROKER, round.at());
            case ANSWER_LOST -> cut(Direction.TO_CLIENT, round.at());
        };
        Step2Relay.round(site.relay(process, producer));
        if (rule != null) {
            rule.cancel();
        }
    }

    private static Rule cut(Direction direction, int nth) {
        return site.client("relay").relay().on(direction, Site::isSend).nth(nth).cutBefore();
    }

    @Provide
    Arbitrary<List<Round>> rounds() {
        Arbitrary<List<Integer>> users =
                Arbitraries.integers().between(1, 3).list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<Fate> fates = Arbitraries.frequency(
                Tuple.of(1, Fate.NONE),
                Tuple.of(2, Fate.DIES_AT_THE_DATABASE),
                Tuple.of(1, Fate.MESSAGE_LOST),
                Tuple.of(1, Fate.ANSWER_LOST));
        return Combinators.combine(users, fates, Arbitraries.integers().between(1, 4))
                .as(Round::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(5);
    }
}

package mqworkbook.sync;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.sync.user.User;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
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
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** All of it: two databases, and a broker between them. */
class SyncProperties {

    /** What is done for a user. */
    enum Deed {
        SAVE,
        REMOVE,
        RELAY
    }

    /**
     * A step of the story.
     *
     * @param diesAt at which of its calls to the database the process dies that does it; 0 if it does not
     */
    record Op(Deed deed, int user, int diesAt) {}

    private static Site site;
    private static Replication replication;
    private static DefaultMQProducer producer;

    @BeforeContainer
    static void open() throws Exception {
        site = Site.open();
        producer = site.producer("relay");
        replication = new Replication(site);
        replication.start("order service 1");
        replication.start("order service 2");
    }

    @AfterContainer
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("for any changes and deaths the replica becomes what the source is, and goes back in nothing")
    void converges(@ForAll("ops") List<Op> ops) throws Exception {
        String run = "-" + Store.number();
        Set<String> seen = new LinkedHashSet<>();
        int number = 0;
        List<String> told = new ArrayList<>();
        for (Op op : ops) {
            DatabaseActor process = site.users().process("process");
            if (op.diesAt() > 0) {
                CallMoment.dieBefore(process, op.diesAt());
            }
            Statistics.label("deaths").collect(op.diesAt() > 0);
            String user = "U-" + op.user() + run;
            UserService users = new UserService(process.dataSource(), () -> {});
            User next = new User(user, "Ada", ++number + " Mill Lane");
            told.add(op.deed() + " " + user + (op.diesAt() > 0 ? ", dies" : ""));
            try {
                switch (op.deed()) {
                    case SAVE -> {
                        if (seen.add(user) || !users.change(next)) {
                            users.register(next);
                        }
                    }
                    case REMOVE -> users.remove(user);
                    case RELAY -> site.relay(process, producer).relay();
                }
            } catch (ProcessDied e) {
                // The next one does the rest.
            }
        }
        site.drain(site.relay(site.users().process("relay"), producer), "after " + told);
        replication.expectConverged("after " + told);
    }

    @Provide
    Arbitrary<List<Op>> ops() {
        return Combinators.combine(
                        Arbitraries.of(Deed.SAVE, Deed.SAVE, Deed.SAVE, Deed.REMOVE, Deed.RELAY, Deed.RELAY),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(0, 0, 0, 1, 2, 3, 4))
                .as(Op::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(16);
    }
}

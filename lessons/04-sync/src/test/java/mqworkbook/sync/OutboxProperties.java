package mqworkbook.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.sync.UserStore.Look;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** The user service on its database; without a broker. */
class OutboxProperties {

    /**
     * A call.
     *
     * @param diesAt at which of its calls to the database the process dies; 0 if it does not
     * @param after whether the call still has its effect
     */
    record Op(UserEvent.Type type, int user, int diesAt, boolean after) {}

    private static UserStore store;

    @BeforeContainer
    static void open() {
        store = new UserStore();
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    @Label("the outbox tells exactly what the table has been through")
    void told(@ForAll("ops") List<Op> ops) throws Exception {
        String run = "-" + Store.number();
        Set<String> present = new HashSet<>();
        boolean died = false;
        boolean back = false;
        Set<String> removed = new HashSet<>();
        int number = 0;
        for (Op op : ops) {
            String user = "U-" + op.user() + run;
            DatabaseActor process = store.process("user service");
            CallMoment moment = op.diesAt() == 0
                    ? null
                    : op.after()
                            ? CallMoment.dieAfter(process, op.diesAt())
                            : CallMoment.dieBefore(process, op.diesAt());
            Look before = store.look(user);
            boolean applies = present.contains(user) != (op.type() == UserEvent.Type.REGISTERED);
            try {
                boolean said = call(process, op.type(), new User(user, "Ada", ++number + " Mill Lane"));
                if (said != applies) {
                    throw Wrong.that("The user service says " + said + " where it is " + applies)
                            .seen(op.type() + " " + user + ", who is " + (present.contains(user) ? "" : "not ")
                                    + "there");
                }
            } catch (ProcessDied e) {
                died = true;
            }
            store.expectWhole(user, before, op.type() + (moment != null && moment.hasCome() ? ", died" : ""));
            if (store.look(user).row().isPresent()) {
                back |= removed.contains(user);
                present.add(user);
            } else if (present.remove(user)) {
                removed.add(user);
            }
        }
        Statistics.label("deaths")
                .collect(died)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
        Statistics.label("somebody came back")
                .collect(back)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
    }

    private static boolean call(DatabaseActor process, UserEvent.Type type, User user) throws Exception {
        UserService users = new UserService(process.dataSource(), () -> {});
        return switch (type) {
            case REGISTERED -> users.register(user);
            case CHANGED -> users.change(user);
            case REMOVED -> users.remove(user.userId());
        };
    }

    @Provide
    Arbitrary<List<Op>> ops() {
        Arbitrary<Integer> deaths = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 5)));
        return Combinators.combine(
                        Arbitraries.of(UserEvent.Type.class),
                        Arbitraries.integers().between(1, 2),
                        deaths,
                        Arbitraries.of(true, false))
                .as(Op::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(12);
    }
}

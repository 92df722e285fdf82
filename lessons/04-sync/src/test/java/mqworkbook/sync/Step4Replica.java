package mqworkbook.sync;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step4Replica {

    /** More calls than any transaction here makes. */
    private static final int MANY = 20;

    private OrderStore store;
    private String user;

    @BeforeEach
    void open() {
        store = new OrderStore();
        user = "U-" + Store.number();
    }

    @Test
    @Order(1)
    @DisplayName("what comes in order is shown, and each event is charged for once")
    void story() throws SQLException {
        expectAfter("registered", Events.registered(user, 1));
        expectAfter("registered, moved", Events.changed(user, 2));
        expectAfter("registered, moved, moved again", Events.changed(user, 5));
        expectAfter("registered, moved twice, removed", Events.removed(user, 6));
        expectAfter("registered, moved twice, removed, back again", Events.registered(user, 7));
    }

    private void expectAfter(String situation, UserEvent event) throws SQLException {
        handle(event);
        store.expectShows(event.state(), situation);
        store.expectChargedOnce(event, situation);
        handle(event);
        store.expectShows(event.state(), situation + ", which came twice");
        store.expectChargedOnce(event, situation + ", which came twice");
    }

    @Test
    @Order(2)
    @DisplayName("a move that comes late does not bring the old address back, and is charged for all the same")
    void lateMove() throws SQLException {
        UserEvent first = Events.registered(user, 1);
        UserEvent late = Events.changed(user, 2);
        UserEvent newest = Events.changed(user, 3);
        handle(first);
        handle(newest);
        handle(late);
        store.expectShows(newest.state(), "v1, v3, v2 came");
        store.expectChargedOnce(late, "v1, v3, v2 came; v2 is out of date, and was never seen before");
        handle(first);
        store.expectShows(newest.state(), "v1, v3, v2 came, and then a copy of v1");
    }

    @Test
    @Order(3)
    @DisplayName("the first event of a user may be any of theirs")
    void anyFirst() throws SQLException {
        UserEvent moved = Events.changed(user, 7);
        handle(moved);
        store.expectShows(moved.state(), "v7, a move, came, and nothing before it");
        UserEvent registered = Events.registered(user, 3);
        handle(registered);
        store.expectShows(moved.state(), "v7, a move, came, and then v3, the registration");
        store.expectChargedOnce(registered, "v7, v3 came");
    }

    @Test
    @Order(4)
    @DisplayName("nothing that comes late brings a removed user back, also when the removal came first")
    void tombstone() throws SQLException {
        UserEvent removed = Events.removed(user, 3);
        handle(Events.registered(user, 1));
        handle(removed);
        handle(Events.changed(user, 2));
        store.expectShows(removed.state(), "v1, registered; v3, removed; then v2, moved");

        String other = "U-" + Store.number();
        UserEvent first = Events.removed(other, 3);
        handle(first);
        handle(Events.registered(other, 1));
        store.expectShows(first.state(), "v3, removed, came first; then v1, registered");
        handle(Events.changed(other, 2));
        store.expectShows(first.state(), "v3, removed, came first; then v1, registered, and v2, moved");
        UserEvent back = Events.registered(other, 4);
        handle(back);
        store.expectShows(back.state(), "v3, removed, v1, v2, and then v4, registered again");
    }

    @Test
    @Order(5)
    @DisplayName("two events of a user at the same moment: the newer one stays, whichever is held up")
    void atTheSameTime() throws Exception {
        for (boolean isThere : new boolean[] {false, true}) {
            for (boolean olderHeld : new boolean[] {true, false}) {
                boolean more = true;
                for (int n = 1; more && n <= MANY; n++) {
                    more = race(n, isThere, olderHeld);
                }
            }
        }
    }

    private boolean race(int n, boolean isThere, boolean olderHeld) throws Exception {
        String somebody = "U-" + Store.number();
        if (isThere) {
            handle(Events.registered(somebody, 1));
        }
        UserEvent older = Events.changed(somebody, 2);
        UserEvent newer = Events.changed(somebody, 3);
        UserEvent held = olderHeld ? older : newer;
        UserEvent other = olderHeld ? newer : older;
        DatabaseActor process = store.process("order service 1");
        EventHandler first = replica(process);
        EventHandler second = replica(store.process("order service 2"));
        Race race = Race.run(process, n, () -> done(first, held), () -> done(second, other));
        // Whoever has failed has not acknowledged, so the event comes again.
        if (race.first() != null) {
            second.handle(held);
        }
        if (race.second() != null) {
            second.handle(other);
        }
        if (race.came()) {
            String situation = (isThere ? "v1 is there; " : "") + "v"
                    + held.state().version() + " waited before its call " + n + " to the database, and meanwhile v"
                    + other.state().version() + " came";
            store.expectShows(newer.state(), situation);
            store.expectChargedOnce(older, situation);
            store.expectChargedOnce(newer, situation);
        }
        return race.came();
    }

    private static Object done(EventHandler handler, UserEvent event) throws Exception {
        handler.handle(event);
        return true;
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("wherever the process dies, charge and replica agree when the event has come again")
    void deaths() throws SQLException {
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            String somebody = "U-" + Store.number();
            UserEvent event = Events.registered(somebody, 1);
            DatabaseActor process = store.process("order service 1");
            CallMoment moment = CallMoment.dieBefore(process, n);
            try {
                replica(process).handle(event);
            } catch (ProcessDied e) {
                // It comes again.
            }
            more = moment.hasCome();
            boolean charged = store.charged(event.eventId()) > 0;
            boolean shown = store.user(somebody).isPresent();
            if (charged != shown) {
                throw Wrong.that("Charge and replica are not of one transaction (" + event.eventId() + ")")
                        .seen("the process died before its call " + n + " to the database; "
                                + (charged ? "charged for, and not shown" : "shown, and not charged for"))
                        .means("Nobody brings it into order again: for the inbox the event is either done, or it is"
                                + " not.")
                        .suspect("a connection of its own for one of the two");
            }
            handle(event);
            String situation = "the process died before its call " + n + " to the database, and the event came again";
            store.expectChargedOnce(event, situation);
            store.expectShows(event.state(), situation);
        }
    }

    @TestFactory
    @Order(7)
    @Tag("property")
    @DisplayName("for any events, copies, orders and crashes")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ReplicaProperties.class);
    }

    @TestFactory
    @Order(8)
    @Tag("live")
    @TimeLimit(60)
    @DisplayName("from table to table")
    Stream<DynamicTest> fromTableToTable() {
        return StepProperties.of(SyncProperties.class);
    }

    @Test
    @Order(9)
    @Tag("fault")
    @TimeLimit(90)
    @DisplayName("the broker restarts in between, and the replica equals the source all the same")
    void restart() throws Exception {
        try (Site site = Site.open()) {
            assumeTrue(
                    site.broker().broker().capabilities().restartable(), "this broker cannot be restarted from here");
            Replication replication = new Replication(site);
            List<String> users = replication.register(6);
            OutboxRelay relay = site.relay("relay");
            site.drain(relay, "6 users have registered");
            site.broker().restartBroker();
            replication.start("order service");
            replication.moveAll(users);
            site.drain(relay, "the broker was restarted");
            replication.expectConverged("6 users registered, the broker was restarted, and they moved");
        }
    }

    private UserReplica replica(DatabaseActor process) {
        return Replication.replica(process);
    }

    private void handle(UserEvent event) throws SQLException {
        replica(store.process("order service")).handle(event);
    }
}

package mqworkbook.sync;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mqworkbook.sync.UserStore.Look;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step1Outbox {

    /** More calls than any transaction here makes. */
    private static final int MANY = 20;

    private static final Duration RINGING = Duration.ofSeconds(2);

    private UserStore store;
    private String id;

    @BeforeEach
    void open() {
        store = new UserStore();
        id = "U-" + Store.number();
    }

    @Test
    @Order(1)
    @DisplayName("whoever registers, moves and leaves is in the table, and each of it is an event")
    void story() throws SQLException {
        UserService users = service(store.process("user service"));
        expectSaid(true, users.register(new User(id, "Ada", "12 Mill Lane")), "register(" + id + ")");
        expectEvents("registered", UserEvent.Type.REGISTERED);
        expectRow("Ada", "12 Mill Lane");
        expectSaid(true, users.change(new User(id, "Ada", "3 High | Street")), "change(" + id + ")");
        expectEvents("moved", UserEvent.Type.REGISTERED, UserEvent.Type.CHANGED);
        expectRow("Ada", "3 High | Street");
        expectSaid(true, users.remove(id), "remove(" + id + ")");
        expectEvents("left", UserEvent.Type.REGISTERED, UserEvent.Type.CHANGED, UserEvent.Type.REMOVED);
        if (store.unsent() != 3) {
            throw Wrong.that("An event is noted as sent that nobody has sent")
                    .seen("3 events in the outbox, " + store.unsent() + " of them with sent_at NULL")
                    .means("The relay passes over it, and no replica ever hears of the change.");
        }
    }

    @Test
    @Order(2)
    @DisplayName("what is refused leaves no event")
    void refused() throws SQLException {
        UserService users = service(store.process("user service"));
        Look before = store.look(id);
        expectSaid(false, users.change(new User(id, "Ada", "12 Mill Lane")), "change(" + id + "), who is not there");
        expectSaid(false, users.remove(id), "remove(" + id + "), who is not there");
        store.expectWhole(id, before, "a change and a removal of nobody");
        users.register(new User(id, "Ada", "12 Mill Lane"));
        before = store.look(id);
        expectSaid(false, users.register(new User(id, "Eve", "1 Wall")), "register(" + id + "), who is there");
        store.expectWhole(id, before, "somebody who is there registers again");
    }

    @Test
    @Order(3)
    @DisplayName("who comes back after a removal is newer than when they went")
    void comeBack() throws SQLException {
        UserService users = service(store.process("user service"));
        users.register(new User(id, "Ada", "12 Mill Lane"));
        users.change(new User(id, "Ada", "3 High Street"));
        users.remove(id);
        expectSaid(true, users.register(new User(id, "Ada", "9 New Road")), "register(" + id + "), who was removed");
        store.expectAgreed(id, "registered, changed, removed, registered");
        expectRow("Ada", "9 New Road");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("wherever the process dies: the change and its event, or neither")
    void deaths() throws SQLException {
        for (UserEvent.Type type : UserEvent.Type.values()) {
            boolean more = true;
            for (int n = 1; more && n <= MANY; n++) {
                more = dies(type, n, true);
                dies(type, n, false);
            }
        }
    }

    private boolean dies(UserEvent.Type type, int n, boolean before) throws SQLException {
        String user = userFor(type);
        DatabaseActor process = store.process("user service");
        Look look = store.look(user);
        CallMoment moment = before ? CallMoment.dieBefore(process, n) : CallMoment.dieAfter(process, n);
        boolean through = false;
        try {
            call(service(process), type, user).call();
            through = true;
        } catch (ProcessDied e) {
            // As it was to be.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        String situation = type + ", " + (moment.hasCome() ? "died " : "not ") + (before ? "before" : "after")
                + " its call " + n + " to the database";
        store.expectWhole(user, look, situation);
        if (through && store.look(user).equals(look)) {
            throw nothingDone(user, situation);
        }
        return moment.hasCome();
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("whatever call fails, the caller hears of it, nothing is left behind, and the next change succeeds")
    void failures() throws Exception {
        DatabaseActor process = store.process("user service");
        UserService users = service(process);
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            String user = userFor(UserEvent.Type.CHANGED);
            Look look = store.look(user);
            CallMoment moment = CallMoment.failBefore(process, n);
            String situation = "CHANGED, and its call " + n + " to the database failed";
            boolean failed = false;
            try {
                users.change(new User(user, "Ada", "3 High Street"));
            } catch (SQLException e) {
                failed = true;
            }
            more = moment.hasCome();
            store.expectWhole(user, look, situation);
            if (!failed && store.look(user).equals(look)) {
                throw nothingDone(user, situation);
            }
            expectNothingOpen(process, situation);
        }
        String user = userFor(UserEvent.Type.CHANGED);
        Look look = store.look(user);
        CallMoment.failAfter(process, Store::isCommit, 1);
        try {
            users.change(new User(user, "Ada", "3 High Street"));
        } catch (SQLException e) {
            // It cannot know: no answer is not a no.
        }
        store.expectWhole(user, look, "CHANGED, and the answer to the commit was lost");
        expectNothingOpen(process, "the answer to the commit was lost");
    }

    @Test
    @Order(6)
    @DisplayName("two who change the same user at the same moment have versions that tell which is newer")
    void atTheSameTime() throws SQLException {
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            String user = userFor(UserEvent.Type.CHANGED);
            DatabaseActor one = store.process("user service 1");
            UserService first = service(one);
            UserService second = service(store.process("user service 2"));
            Race race = Race.run(
                    one,
                    n,
                    () -> first.change(new User(user, "Ada", "3 High Street")),
                    () -> second.change(new User(user, "Ada", "77 Low Street")));
            more = race.came();
            String situation = "\"3 High Street\" waited before its call " + n + " to the database, meanwhile"
                    + " \"77 Low Street\" came";
            store.expectAgreed(user, situation);
            int changes = store.look(user).events().size() - 1;
            int said = (race.first() == null ? 1 : 0) + (race.came() && race.second() == null ? 1 : 0);
            if (changes < said) {
                throw Wrong.that("A change was said to be made, and there is no event of it (" + user + ")")
                        .seen(situation + "; " + said + " calls returned true, and the outbox has " + changes);
            }
        }
    }

    @Test
    @Order(7)
    @DisplayName("the relay is woken when the change can be seen, and what becomes of it is not the caller's concern")
    void bell() throws SQLException {
        int[] rung = {0};
        int[] seen = {0};
        UserService users = new UserService(store.process("user service").dataSource(), () -> {
            rung[0]++;
            seen[0] = store.look(id).events().size();
            throw new IllegalStateException("the relay is not there");
        });
        boolean said;
        try {
            said = users.register(new User(id, "Ada", "12 Mill Lane"));
        } catch (RuntimeException e) {
            throw Wrong.that("A change fails because the relay could not be woken (" + id + ")")
                    .seen("the bell threw \"" + e.getMessage() + "\", and so did register(); table: "
                            + UserStore.text(store.look(id).row()))
                    .means("While the broker is away nobody can register: the outbox is there to end just that.")
                    .because(e);
        }
        expectSaid(true, said, "register(" + id + "), and the bell throws");
        Eventually.within(RINGING)
                .until("the bell is rung", () -> rung[0] > 0)
                .orElse(() -> Wrong.that("Nobody wakes the relay (" + id + ")")
                        .seen("register(" + id + ") is through, and the bell was not rung")
                        .means("The event waits until the relay happens to look: seconds, where it could be nothing."));
        if (seen[0] == 0) {
            throw Wrong.that("The relay is woken before there is anything to be seen (" + id + ")")
                    .seen("when the bell rang, the outbox had no event of " + id + " for anybody else")
                    .means(
                            "It looks, finds nothing, and sleeps again. If it were the broker and not a bell, others would"
                                    + " hear of a change that may yet be rolled back.")
                    .suspect("the bell rung, or the event sent, inside the transaction, before the commit");
        }
    }

    @TestFactory
    @Order(8)
    @Tag("property")
    @DisplayName("for any changes and crashes")
    Stream<DynamicTest> properties() {
        return StepProperties.of(OutboxProperties.class);
    }

    private static UserService service(DatabaseActor process) {
        return new UserService(process.dataSource(), () -> {});
    }

    /** Somebody to whom this can happen. */
    private String userFor(UserEvent.Type type) throws SQLException {
        String user = "U-" + Store.number();
        if (type != UserEvent.Type.REGISTERED) {
            service(store.process("earlier")).register(new User(user, "Ada", "12 Mill Lane"));
        }
        return user;
    }

    private static Callable<Boolean> call(UserService users, UserEvent.Type type, String user) {
        return () -> switch (type) {
            case REGISTERED -> users.register(new User(user, "Ada", "12 Mill Lane"));
            case CHANGED -> users.change(new User(user, "Ada", "3 High Street"));
            case REMOVED -> users.remove(user);
        };
    }

    private void expectEvents(String situation, UserEvent.Type... expected) {
        store.expectAgreed(id, situation);
        List<UserEvent.Type> types =
                store.look(id).events().stream().map(UserEvent::type).toList();
        if (!types.equals(List.of(expected))) {
            throw Wrong.that("The outbox does not tell what has happened to a user (" + id + ")")
                    .seen("after " + situation + ": " + types + "; expected " + List.of(expected))
                    .means("The other services never hear of it.");
        }
    }

    private void expectRow(String name, String address) {
        Optional<UserState> row = store.look(id).row();
        if (row.isEmpty()
                || !row.get().name().equals(name)
                || !row.get().address().equals(address)) {
            throw Wrong.that("The table of users does not say what was asked for (" + id + ")")
                    .seen("expected \"" + name + "\", \"" + address + "\"; found " + UserStore.text(row));
        }
    }

    private static void expectSaid(boolean expected, boolean said, String call) {
        if (said != expected) {
            throw Wrong.that("The user service says " + said + " where it is " + expected)
                    .seen(call + " returned " + said);
        }
    }

    private static void expectNothingOpen(DatabaseActor process, String situation) {
        if (process.openConnections() > 0) {
            throw Wrong.that("A connection to the database is left open")
                    .seen(situation + "; " + process.openConnections() + " open")
                    .means("After ten such failures the pool is empty, and the service stands still.");
        }
    }

    private static Wrong nothingDone(String user, String situation) {
        return Wrong.that("A change is said to be made, and nothing has changed (" + user + ")")
                .seen(situation + "; the call returned, and neither table nor outbox have anything new")
                .means("The user is told \"saved\", and it is not.")
                .suspect("an exception that is caught and not passed on, or a commit that is missing");
    }
}

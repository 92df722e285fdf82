package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.sync.user.Ledger;
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

abstract class Step3Inbox {

    /** More calls than any transaction here makes. */
    private static final int MANY = 20;

    private OrderStore store;

    @BeforeEach
    void open() {
        store = new OrderStore();
    }

    @Test
    @Order(1)
    @DisplayName("an event that comes again takes no effect, and is no failure")
    void duplicate() throws SQLException {
        Inbox inbox = inbox("order service");
        UserEvent event = Events.registered("U-" + Store.number(), 1);
        expectSaid(true, handle(inbox, event), event, "its first copy");
        store.expectChargedOnce(event, "it came once");
        expectSaid(false, again(inbox, event), event, "its second copy");
        store.expectChargedOnce(event, "it came twice");
        UserEvent other = Events.registered("U-" + Store.number(), 1);
        expectSaid(true, handle(inbox, other), other, "its first copy, after two of another event");
        store.expectChargedOnce(other, "it came once");
    }

    @Test
    @Order(2)
    @DisplayName("a duplicate is known after a restart, and in another process")
    void afterRestart() throws SQLException {
        UserEvent event = Events.registered("U-" + Store.number(), 1);
        handle(inbox("order service"), event);
        expectSaid(false, again(inbox("order service, restarted"), event), event, "its second copy, after a restart");
        store.expectChargedOnce(event, "it came, the process was restarted, and it came again");
    }

    @Test
    @Order(3)
    @DisplayName("work that fails is undone with its mark, and is done when the event comes again")
    void failedWork() throws SQLException {
        Inbox inbox = inbox("order service");
        UserEvent event = Events.registered("U-" + Store.number(), 1);
        boolean failed = false;
        try {
            inbox.once(event.eventId(), connection -> {
                Ledger.charge(connection, event);
                throw new SQLException("the address is longer than the column");
            });
        } catch (SQLException e) {
            failed = true;
        }
        if (!failed) {
            throw Wrong.that("Work has failed, and the caller does not hear of it (" + event.eventId() + ")")
                    .seen("the work threw an SQLException, and once() returned")
                    .means("The message is acknowledged, and nobody ever tries again.");
        }
        if (store.charged(event.eventId()) > 0) {
            throw Wrong.that("Work that has failed has left half of it (" + event.eventId() + ")")
                    .seen("it wrote a line into the ledger and threw; the line is there")
                    .means("When the event comes again, the line is there twice.")
                    .suspect("auto-commit, or a commit in finally");
        }
        handle(inbox, event);
        store.expectChargedOnce(event, "its work failed, and it came again");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("wherever the process dies: when the event comes again, it has taken effect once")
    void deaths() throws SQLException {
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            more = dies(n, true);
            dies(n, false);
        }
    }

    private boolean dies(int n, boolean before) throws SQLException {
        UserEvent event = Events.registered("U-" + Store.number(), 1);
        DatabaseActor process = store.process("order service");
        CallMoment moment = before ? CallMoment.dieBefore(process, n) : CallMoment.dieAfter(process, n);
        try {
            handle(new Inbox(process.dataSource()), event);
        } catch (ProcessDied e) {
            // Nobody has acknowledged the event: it comes again.
        }
        again(inbox("another process"), event);
        store.expectChargedOnce(
                event,
                "the process died " + (before ? "before" : "after") + " its call " + n
                        + " to the database, and the event came again");
        return moment.hasCome();
    }

    @Test
    @Order(5)
    @DisplayName("two copies at the same moment take effect once")
    void twins() throws SQLException {
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            UserEvent event = Events.registered("U-" + Store.number(), 1);
            DatabaseActor process = store.process("process 1");
            Inbox first = new Inbox(process.dataSource());
            Inbox second = inbox("process 2");
            Race race = Race.run(process, n, () -> handle(first, event), () -> handle(second, event));
            more = race.came();
            if (race.first() != null || race.second() != null) {
                // Whoever has failed has not acknowledged.
                again(second, event);
            }
            store.expectChargedOnce(
                    event,
                    "process 1 waited before its call " + n
                            + " to the database, and meanwhile process 2 got another copy");
        }
    }

    @TestFactory
    @Order(6)
    @Tag("property")
    @DisplayName("for any deliveries")
    Stream<DynamicTest> properties() {
        return StepProperties.of(InboxProperties.class);
    }

    @Test
    @Order(7)
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("an event that could not be handled comes again")
    void redelivered() throws Exception {
        withListener(listener -> {
            listener.start("order service");
            UserEvent sick = Events.registered("U-" + Store.number(), 1);
            listener.failOn(sick);
            listener.publish(0, sick);
            listener.expectFailed(sick);
            List<UserEvent> others = listener.publish(8);
            listener.recover();
            listener.expectRedelivered(sick, "its handler threw: the database was away; then the database was back");
            listener.expectHandled(others, "another event had failed before them, and was handled since");
        });
    }

    @Test
    @Order(8)
    @DisplayName("every event of the topic is handled, also what was there before the service")
    void consumed() throws Exception {
        withListener(listener -> {
            List<UserEvent> events = listener.publish(40);
            listener.start("order service");
            listener.expectHandled(events, "40 events were in the topic when the service started");
            listener.expectHandled(listener.publish(5), "5 events came while it was running");
        });
    }

    @Test
    @Order(9)
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("what a process had in its hands when it died goes to another one")
    void diedHandling() throws Exception {
        withListener(listener -> {
            UserEvent event = listener.publish(1).get(0);
            listener.startAndDie("order service 1", event);
            listener.start("order service 2");
            listener.expectRedelivered(
                    event, "the process died while it handled it; then another process of the group started");
        });
    }

    @Test
    @Order(10)
    @Tag("fault")
    @DisplayName("what is no event keeps nobody waiting")
    void nonsense() throws Exception {
        withListener(listener -> {
            listener.start("order service");
            for (int queue = 0; queue < Site.QUEUES; queue++) {
                listener.publish(queue, "no event".getBytes(StandardCharsets.UTF_8));
            }
            listener.expectHandled(listener.publish(12), "a message that is no event was in each queue before them");
        });
    }

    /** A test with a listener. */
    private interface Scene {
        void run(Listening listener) throws Exception;
    }

    private static void withListener(Scene test) throws Exception {
        try (Site site = Site.open()) {
            test.run(new Listening(site));
        }
    }

    private Inbox inbox(String process) {
        return new Inbox(store.process(process).dataSource());
    }

    private static boolean handle(Inbox inbox, UserEvent event) throws SQLException {
        return inbox.once(event.eventId(), connection -> Ledger.charge(connection, event));
    }

    private static boolean again(Inbox inbox, UserEvent event) {
        try {
            return handle(inbox, event);
        } catch (SQLException e) {
            throw Wrong.that("A duplicate is taken for a failure (" + event.eventId() + ")")
                    .seen("once() threw " + e.getClass().getSimpleName() + ": "
                            + e.getMessage().lines().findFirst().orElse(""))
                    .means("The broker brings it again and again, and after sixteen times it is a dead letter that"
                            + " somebody has to look at.")
                    .suspect("the exception of the unique key passed on to the caller")
                    .because(e);
        }
    }

    private static void expectSaid(boolean expected, boolean said, UserEvent event, String situation) {
        if (said != expected) {
            throw Wrong.that("The inbox says that work was " + (said ? "" : "not ") + "done, and it was "
                            + (said ? "not" : "") + " (" + event.eventId() + ")")
                    .seen(situation + ": once() returned " + said);
        }
    }
}

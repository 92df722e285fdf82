package mqworkbook.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step5Join {

    private static final int OLD = 12;

    private Site site;
    private Source source;

    @BeforeEach
    void open() {
        site = Site.open();
        source = new Source(site);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @Order(1)
    @DisplayName("a service that comes late knows everybody, and follows from there, without reading what was before")
    void story() throws Exception {
        List<String> users = new ArrayList<>();
        List<UserEvent> old = new ArrayList<>();
        for (int i = 0; i < OLD; i++) {
            String user = "U-" + Store.number();
            users.add(user);
            old.add(source.registered(user));
        }
        // The topic has forgotten what is older than its retention.
        String earlier = "U-" + Store.number();
        source.forgotten(earlier);
        Joining joining = new Joining(site, source);
        joining.start(() -> {});
        joining.expectEqual(OLD + 1 + " users were there before it joined, one of whom the topic has forgotten");
        source.changed(users.get(0));
        source.registered("U-" + Store.number());
        source.removed(users.get(1));
        joining.expectEqual("it had joined, and then somebody moved, somebody registered, and somebody was removed");
        joining.expectNotHandled(old);
    }

    @Test
    @Order(2)
    @DisplayName("what changes while the snapshot is on its way is neither lost nor taken back")
    void meanwhile() throws Exception {
        String mover = "U-" + Store.number();
        String leaver = "U-" + Store.number();
        String newcomer = "U-" + Store.number();
        source.registered(mover);
        source.registered(leaver);
        Joining joining = new Joining(site, source);
        joining.start(() -> {
            source.changed(mover);
            source.removed(leaver);
            source.registered(newcomer);
            joining.awaitShown(newcomer);
        });
        joining.expectEqual("while the snapshot was on its way, " + mover + " moved, " + leaver + " was removed and "
                + newcomer + " registered; their events were in the topic before the snapshot arrived");
    }

    @Test
    @Order(3)
    @DisplayName("nothing old brings back who was removed before, though it has come again")
    void oldCopies() throws Exception {
        String gone = "U-" + Store.number();
        String mover = "U-" + Store.number();
        UserEvent registered = source.registered(gone);
        UserEvent first = source.registered(mover);
        source.removed(gone);
        source.changed(mover);
        Joining joining = new Joining(site, source);
        joining.start(() -> {});
        source.again(registered);
        source.again(first);
        UserEvent last = source.registered("U-" + Store.number());
        joining.expectHandled(List.of(registered, first, last), "old events came again after it had joined");
        joining.expectEqual(gone + " had been removed, and " + mover
                + " had moved; it joined, and a relay that had slept sent their registrations again");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("an event that could not be handled is tried again, and what is no event holds nobody up")
    void failures() throws Exception {
        Joining joining = new Joining(site, source);
        joining.start(() -> {});
        joining.fail(2);
        source.nonsense();
        List<UserEvent> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(source.registered("U-" + Store.number()));
        }
        joining.expectHandled(
                events, "the handler threw twice: the database was away; and four messages were no events");
        joining.expectEqual("the handler threw twice");
    }

    @TestFactory
    @Order(5)
    @Tag("live")
    @TimeLimit(60)
    @DisplayName("whatever happens before, meanwhile and afterwards")
    Stream<DynamicTest> properties() {
        return StepProperties.of(JoinProperties.class);
    }

    /** What both have of a user. */
    static Wrong differs(UserState source, String shown, String situation) {
        String user = source.userId();
        if (source.deleted()) {
            return Wrong.that("A removed user is there in the new service (" + user + ")")
                    .seen(situation + "; shown: " + shown)
                    .means("A service that is an hour old writes to somebody who left last year.")
                    .suspect(
                            "a snapshot without those who were removed, or one that is written over what the stream has"
                                    + " brought");
        }
        return Wrong.that("The new service does not know how a user is now (" + user + ")")
                .seen(situation + "; source: v" + source.version() + " \"" + source.address() + "\"; shown: " + shown)
                .means("It was wrong from its first hour on, and nothing will ever make it right.")
                .suspect("the snapshot first and the subscription afterwards: between the two is a gap; or the snapshot"
                        + " written over what is newer");
    }
}

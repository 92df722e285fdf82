package mqworkbook.sync;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
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
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** The replica on its database, against a model; without a broker. */
class ReplicaProperties {

    /**
     * A change at the source.
     *
     * @param gap how much higher its version is than the one before
     */
    record Change(int user, boolean removal, int gap) {}

    /**
     * A copy of an event arrives.
     *
     * @param event which one, modulo how many there are
     * @param at at which of its calls to the database it is met by its fate; at none if 0
     * @param fate dies before or after it, or the call fails
     */
    record Delivery(int event, int at, int fate) {}

    /** What happens at the source, how it arrives, and in what order the rest comes. */
    record Story(List<Change> changes, List<Delivery> deliveries, long rest) {}

    private static OrderStore store;

    @BeforeContainer
    static void open() {
        store = new OrderStore();
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    @Label("the replica becomes what the source is, and no user in it ever goes back")
    void converges(@ForAll("stories") Story story) throws SQLException {
        String run = "-" + Store.number();
        List<UserEvent> events = events(story.changes(), run);
        Map<String, UserState> newest = new HashMap<>();
        Set<UserEvent> come = new LinkedHashSet<>();
        boolean late = false;
        boolean harmed = false;
        List<Delivery> all = new ArrayList<>(story.deliveries());
        rest(events.size(), story.rest()).forEach(index -> all.add(new Delivery(index, 0, 0)));
        List<String> told = new ArrayList<>();
        for (Delivery delivery : all) {
            UserEvent event = events.get(delivery.event() % events.size());
            DatabaseActor process = store.process("order service");
            CallMoment moment = switch (delivery.at() == 0 ? -1 : delivery.fate()) {
                case 0 -> CallMoment.dieBefore(process, delivery.at());
                case 1 -> CallMoment.dieAfter(process, delivery.at());
                case 2 -> CallMoment.failBefore(process, delivery.at());
                default -> null;
            };
            told.add(UserStore.text(event) + " of " + event.state().userId());
            UserState before = newest.get(event.state().userId());
            late |= before != null && before.version() > event.state().version() && !come.contains(event);
            boolean handled = handle(process, event, moment);
            harmed |= !handled;
            if (handled) {
                come.add(event);
                newest.merge(event.state().userId(), event.state(), ReplicaProperties::newer);
                store.expectShows(newest.get(event.state().userId()), "came, in this order: " + told);
            } else {
                expectOneOf(event, newest, told);
            }
        }
        for (UserEvent event : events) {
            store.expectChargedOnce(event, "came, in this order: " + told);
        }
        Statistics.label("late for the first time")
                .collect(late)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 40));
        Statistics.label("harmed")
                .collect(harmed)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
        Statistics.label("removed, and back")
                .collect(isSomebodyBack(events))
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    }

    private static boolean handle(DatabaseActor process, UserEvent event, CallMoment moment) throws SQLException {
        try {
            Replication.replica(process).handle(event);
            return true;
        } catch (ProcessDied | SQLException e) {
            if (moment == null) {
                throw e;
            }
            return false;
        }
    }

    /** After a crash it is as it was before, or as it would be without the crash. */
    private static void expectOneOf(UserEvent event, Map<String, UserState> newest, List<String> told) {
        String user = event.state().userId();
        UserState before = newest.get(user);
        UserState after = before == null ? event.state() : newer(before, event.state());
        Optional<UserState> shown = store.user(user);
        if (shown.equals(Optional.of(after).filter(state -> !state.deleted()))) {
            if (store.charged(event.eventId()) > 0) {
                newest.put(user, after);
            }
            return;
        }
        if (!shown.equals(Optional.ofNullable(before).filter(state -> !state.deleted()))) {
            throw Wrong.that("After a crash the replica shows what no event says (" + user + ")")
                    .seen("came, in this order: " + told + "; shown: " + UserStore.text(shown));
        }
    }

    private static UserState newer(UserState one, UserState other) {
        return one.version() > other.version() ? one : other;
    }

    private static List<UserEvent> events(List<Change> changes, String run) {
        List<UserEvent> events = new ArrayList<>();
        Map<String, UserEvent> last = new HashMap<>();
        for (Change change : changes) {
            String user = "U-" + change.user() + run;
            UserEvent before = last.get(user);
            boolean there = before != null && !before.state().deleted();
            UserEvent.Type type = !there
                    ? UserEvent.Type.REGISTERED
                    : change.removal() ? UserEvent.Type.REMOVED : UserEvent.Type.CHANGED;
            long version = (before == null ? 0 : before.state().version()) + change.gap();
            UserEvent event = Events.event(type, user, version);
            last.put(user, event);
            events.add(event);
        }
        return events;
    }

    private static boolean isSomebodyBack(List<UserEvent> events) {
        Set<String> removed = new LinkedHashSet<>();
        for (UserEvent event : events) {
            if (event.type() == UserEvent.Type.REMOVED) {
                removed.add(event.state().userId());
            } else if (removed.contains(event.state().userId())) {
                return true;
            }
        }
        return false;
    }

    private static List<Integer> rest(int count, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        java.util.Collections.shuffle(order, new Random(seed));
        return order;
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<List<Change>> changes = Combinators.combine(
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(true, false, false),
                        Arbitraries.integers().between(1, 3))
                .as(Change::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(9);
        Arbitrary<List<Delivery>> deliveries = Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.of(0, 0, 0, 1, 2, 3, 4, 5),
                        Arbitraries.integers().between(0, 2))
                .as(Delivery::new)
                .list()
                .ofMaxSize(10);
        return Combinators.combine(changes, deliveries, Arbitraries.longs()).as(Story::new);
    }
}

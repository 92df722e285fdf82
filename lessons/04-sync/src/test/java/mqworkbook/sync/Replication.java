package mqworkbook.sync;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.exception.MQClientException;

/** The order service at the other end: its database is to become what the user service's is. */
final class Replication {

    private static final Duration SOON = Duration.ofSeconds(25);

    private final Site site;
    private final OrderStore orders = new OrderStore();
    private final Map<String, Long> newestShown = new HashMap<>();

    Replication(Site site) {
        this.site = site;
    }

    static UserReplica replica(DatabaseActor process) {
        return new UserReplica(new Inbox(process.dataSource()), new ReplicaTable());
    }

    OrderStore orders() {
        return orders;
    }

    /** Starts a process of the order service. */
    void start(String process) throws MQClientException {
        EventConsumer consumer = new EventConsumer(
                site.pushConsumer(process, Listening.SERVICE), site.names(), replica(orders.process(process)));
        consumer.start();
        site.atTheEnd(consumer::close);
    }

    List<String> register(int count) throws SQLException {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String user = "U-" + Store.number();
            users.add(user);
            site.userService().register(new User(user, "Ada", "0 Mill Lane"));
        }
        return users;
    }

    void moveAll(List<String> users) throws SQLException {
        for (String user : users) {
            site.userService().change(new User(user, "Ada", "1 High Street"));
        }
    }

    /** Waits until both tables are equal; looks all the while whether any user goes back to an older version. */
    void expectConverged(String situation) {
        Set<UserState> source = new HashSet<>(site.users().users());
        Eventually.within(SOON)
                .until("replica and source are equal", () -> {
                    Set<UserState> shown = new HashSet<>(orders.users());
                    shown.forEach(state -> expectNotBack(state, situation));
                    return shown.equals(source);
                })
                .orElse(() -> diverged(source, situation));
        List<UserEvent> events = site.users().everIn();
        Eventually.within(SOON)
                .until(
                        "all is charged for",
                        () -> orders.charged()
                                .containsAll(
                                        events.stream().map(UserEvent::eventId).toList()))
                .orElse(() -> Wrong.that("Replica and source are equal, and events were not charged for")
                        .seen(situation + "; missing in the ledger: "
                                + events.stream()
                                        .filter(event -> orders.charged(event.eventId()) == 0)
                                        .map(UserStore::text)
                                        .toList()));
        for (UserEvent event : events) {
            orders.expectChargedOnce(event, situation);
        }
    }

    private void expectNotBack(UserState state, String situation) {
        Long newest = newestShown.merge(state.userId(), state.version(), Math::max);
        if (state.version() < newest) {
            throw Wrong.that("The replica goes back to an older state of a user (" + state.userId() + ")")
                    .seen(situation + "; shown before: v" + newest + ", now: v" + state.version())
                    .means("Whoever looks twice sees the user move back.");
        }
    }

    private Wrong diverged(Set<UserState> source, String situation) {
        Set<UserState> shown = new HashSet<>(orders.users());
        Set<UserState> missing = new HashSet<>(source);
        missing.removeAll(shown);
        shown.removeAll(source);
        return Wrong.that("Replica and source stay different")
                .seen(situation + "; " + SOON.toSeconds() + " s after the last event was sent; only at the source: "
                        + missing + "; only in the replica: " + shown)
                .means("Two services, two truths.");
    }
}

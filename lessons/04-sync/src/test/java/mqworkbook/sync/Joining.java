package mqworkbook.sync;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** A new service that joins, with a database of its own. */
final class Joining {

    /** How long the snapshot waits at most for whoever handles events meanwhile; most handle them later, and may. */
    private static final Duration MEANWHILE = Duration.ofMillis(300);

    private static final String SERVICE = "newsletter";

    private final Site site;
    private final Source source;
    private final OrderStore store = new OrderStore();
    private final EventHandler replica = Replication.replica(store.process(SERVICE));
    private final Queue<UserEvent> handled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Map<String, Long> newestShown = new HashMap<>();

    /** What happens while the snapshot is on its way. */
    interface Meanwhile {
        void happens() throws Exception;
    }

    Joining(Site site, Source source) {
        this.site = site;
        this.source = source;
    }

    /** Joins; the snapshot is as of the moment before this happens. */
    void start(Meanwhile meanwhile) throws Exception {
        LateJoiner joiner = new LateJoiner(
                site.pullConsumer(SERVICE + Store.number(), SERVICE),
                site.names(),
                () -> {
                    List<UserState> states = source.states();
                    meanwhile.happens();
                    return states;
                },
                store.process(SERVICE).dataSource(),
                this::handle);
        site.atTheEnd(joiner::close);
        CompletableFuture<Void> joined = Beside.run(() -> {
            joiner.start();
            return null;
        });
        Beside.result(
                joined,
                Site.SOON,
                () -> Wrong.that("start() does not come back")
                        .seen("after " + Site.SOON.toSeconds() + " s; handled meanwhile: " + handled.size()
                                + " events"));
    }

    private void handle(UserEvent event) throws Exception {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database is away");
        }
        replica.handle(event);
        handled.add(event);
    }

    /** The next events fail. */
    void fail(int times) {
        failures.set(times);
    }

    /** Gives whoever handles events already the time to handle this one. */
    void awaitShown(String user) throws Exception {
        CompletableFuture<Void> shown = Beside.run(() -> {
            Eventually.within(MEANWHILE)
                    .until("it is shown", () -> store.user(user).isPresent())
                    .orElse(TimeoutException::new);
            return null;
        });
        try {
            shown.get(MEANWHILE.toMillis() * 10, TimeUnit.MILLISECONDS);
        } catch (ExecutionException later) {
            // Handled after the snapshot, which is right too.
        }
        store.users().forEach(state -> newestShown.put(state.userId(), state.version()));
    }

    /** Waits until the new service shows what the source has; nobody may go back meanwhile. */
    void expectEqual(String situation) {
        Eventually.within(Site.SOON)
                .until("source and replica are equal", () -> {
                    store.users().forEach(state -> expectNotBack(state, situation));
                    return source.states().stream().allMatch(this::isShown);
                })
                .orElse(() -> source.states().stream()
                        .filter(state -> !isShown(state))
                        .findFirst()
                        .map(state -> Step5Join.differs(state, UserStore.text(store.user(state.userId())), situation))
                        .orElseThrow());
    }

    private boolean isShown(UserState state) {
        return state.deleted()
                ? store.user(state.userId()).isEmpty()
                : store.user(state.userId()).filter(state::equals).isPresent();
    }

    private void expectNotBack(UserState state, String situation) {
        long newest = newestShown.merge(state.userId(), state.version(), Math::max);
        if (state.version() < newest) {
            throw Wrong.that("The new service goes back to an older state of a user (" + state.userId() + ")")
                    .seen(situation + "; shown before: v" + newest + ", now: v" + state.version())
                    .means("A change that was there already is gone.")
                    .suspect("the snapshot written over what the stream has brought meanwhile");
        }
    }

    void expectHandled(List<UserEvent> events, String situation) {
        Eventually.within(Site.SOON)
                .until("all are handled", () -> handled.containsAll(events))
                .orElse(() -> Wrong.that("The new service does not handle an event of the stream")
                        .seen(situation + "; missing: "
                                + events.stream()
                                        .filter(event -> !handled.contains(event))
                                        .map(event -> event.eventId() + " of "
                                                + event.state().userId())
                                        .toList())
                        .means("It follows the stream until the first failure, and then it only looks as if it did.")
                        .suspect("a thread that has ended with an exception, or one that goes on without the event"));
    }

    void expectNotHandled(List<UserEvent> old) {
        List<UserEvent> read = old.stream().filter(handled::contains).toList();
        if (!read.isEmpty()) {
            throw Wrong.that("A service that comes late reads the stream from its beginning")
                    .seen(read.size() + " of " + old.size() + " events that were in the topic before it joined were"
                            + " handled, the first of them " + read.get(0).eventId())
                    .means("With the events of a year it takes a day until the first new one is handled; and each old"
                            + " one is charged for anew.")
                    .suspect(
                            "CONSUME_FROM_FIRST_OFFSET, or no position at all: a new group begins at the first offset");
        }
    }
}

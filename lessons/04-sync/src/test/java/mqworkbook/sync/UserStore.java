package mqworkbook.sync;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import mqworkbook.sync.user.InvalidEventException;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Wrong;

/** The user service's database, as anybody can see it who looks from outside. */
final class UserStore extends Store {

    private static final String COLUMNS = "SELECT user_id, version, name, address FROM users WHERE NOT deleted";

    /**
     * A row of the outbox.
     *
     * @param sent whether the relay has noted that it is at the broker
     */
    record Entry(UserEvent event, boolean sent) {}

    /** What table and outbox say of one user. */
    record Look(Optional<UserState> row, List<UserEvent> events) {}

    /** All events that were ever seen in the outbox: a relay may delete what it has sent. */
    private final Map<String, UserEvent> known = new LinkedHashMap<>();

    UserStore() {
        super(Tables::ofUserService);
    }

    /** The database as a relay sees it: what is in the outbox when it comes is known from then on. */
    DataSource ofRelay(DatabaseActor process) {
        DataSource database = process.dataSource();
        return (DataSource) Proxy.newProxyInstance(
                UserStore.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        outbox();
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** All events that were ever in the outbox, in the order of their versions. */
    synchronized List<UserEvent> everIn() {
        outbox();
        return known.values().stream()
                .sorted(Comparator.comparingLong(event -> event.state().version()))
                .toList();
    }

    List<UserEvent> everIn(String userId) {
        return everIn().stream()
                .filter(event -> event.state().userId().equals(userId))
                .toList();
    }

    List<UserState> users() {
        return query(COLUMNS, Store::state);
    }

    Look look(String userId) {
        Optional<UserState> row = query(COLUMNS + " AND user_id = ?", Store::state, userId).stream()
                .findFirst();
        // Only the rows that may be the user's: a property looks thousands of times.
        List<UserEvent> events = query(
                        "SELECT event FROM outbox WHERE event LIKE ? ORDER BY id",
                        event -> event(event.getString(1)),
                        "%|" + userId + "|%")
                .stream()
                .filter(event -> event.state().userId().equals(userId))
                .toList();
        return new Look(row, events);
    }

    /** The outbox, in the order of its ids. */
    synchronized List<Entry> outbox() {
        List<Entry> entries = query(
                "SELECT event, sent_at FROM outbox ORDER BY id",
                row -> new Entry(event(row.getString(1)), row.getTimestamp(2) != null));
        entries.forEach(entry -> known.put(entry.event().eventId(), entry.event()));
        return entries;
    }

    /** How many events nobody has noted as sent. */
    long unsent() {
        return outbox().stream().filter(entry -> !entry.sent()).count();
    }

    private static UserEvent event(String text) {
        try {
            return UserEvent.parse(text);
        } catch (InvalidEventException e) {
            throw Wrong.that("The outbox holds a text that is no event")
                    .seen("in the outbox: \"" + text + "\"")
                    .means("The relay publishes what nobody can read: UserEvent.text() is the agreement.");
        }
    }

    /** After one call for a user: either nothing has happened, or the change has, with its one event. */
    void expectWhole(String userId, Look before, String situation) {
        Look now = look(userId);
        boolean changed = !now.row().equals(before.row());
        int added = now.events().size() - before.events().size();
        if (changed && added == 0) {
            throw Wrong.that("A change is in the table of users, and no event tells of it (" + userId + ")")
                    .seen(situation + "; table before: " + text(before.row()) + ", now: " + text(now.row())
                            + "; events in the outbox: " + now.events().size() + ", as before")
                    .means("Every replica shows the old address, for ever, and nobody knows that it is old.")
                    .suspect("two transactions, one for the change and one for the event: auto-commit, or a connection"
                            + " for each");
        }
        if (!changed && added > 0) {
            throw Wrong.that("An event tells of a change that was never made (" + userId + ")")
                    .seen(situation + "; table: " + text(now.row()) + ", as before; new in the outbox: "
                            + text(now.events().get(now.events().size() - 1)))
                    .means("The order service delivers to an address that the user has never had.")
                    .suspect("the event written in a transaction of its own, before the change, or not rolled back");
        }
        if (added > 1) {
            throw Wrong.that("One change has several events (" + userId + ")")
                    .seen(situation + "; new in the outbox: "
                            + now
                                    .events()
                                    .subList(
                                            before.events().size(), now.events().size())
                                    .stream()
                                    .map(UserStore::text)
                                    .toList());
        }
        expectAgreed(userId, situation);
    }

    /** The newest event says what the table says, and the events of the user are numbered upwards. */
    void expectAgreed(String userId, String situation) {
        Look now = look(userId);
        UserState newest = null;
        Set<String> ids = new HashSet<>();
        for (UserEvent event : now.events()) {
            if (newest != null && event.state().version() <= newest.version()) {
                throw Wrong.that("Two changes of a user do not have versions that tell which is newer (" + userId + ")")
                        .seen(situation + "; in the outbox, in this order: "
                                + now.events().stream().map(UserStore::text).toList())
                        .means("A replica takes the older for the newer, or throws one of two away.")
                        .suspect("a version that is read without a lock, counts anew after a removal, or is a time");
            }
            if (!ids.add(event.eventId())) {
                throw Wrong.that("Two events have the same id (" + event.eventId() + ")")
                        .seen(situation + "; in the outbox: "
                                + now.events().stream().map(UserStore::text).toList())
                        .means("Whoever knows duplicates by their id throws the second one away.");
            }
            newest = event.state();
        }
        Optional<UserState> told = Optional.ofNullable(newest).filter(state -> !state.deleted());
        if (!told.equals(now.row())) {
            throw Wrong.that("The newest event of a user says something else than the table (" + userId + ")")
                    .seen(situation + "; table: " + text(now.row()) + "; outbox: "
                            + now.events().stream().map(UserStore::text).toList())
                    .means("Source and replica differ for ever, though not a message was lost.")
                    .suspect("the event made of something else than the row: what was read before the lock, say");
        }
    }

    static String text(Optional<UserState> row) {
        return row.map(state -> "v" + state.version() + " \"" + state.name() + "\", \"" + state.address() + "\"")
                .orElse("not there");
    }

    static String text(UserEvent event) {
        UserState state = event.state();
        return event.type() + " v" + state.version() + (state.deleted() ? "" : " \"" + state.address() + "\"");
    }
}

package mqworkbook.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import mqworkbook.sync.user.Ledger;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.judge.Wrong;

/** The order service's database, as anybody can see it who looks from outside. */
final class OrderStore extends Store {

    private static final String COLUMNS = "SELECT user_id, version, name, address FROM replica WHERE NOT deleted";

    OrderStore() {
        super(OrderStore::create);
    }

    private static void create(DataSource database) throws SQLException {
        Tables.ofOrderService(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Ledger.TABLE);
        }
    }

    /** Users whom the replica shows. */
    List<UserState> users() {
        return query(COLUMNS, Store::state);
    }

    Optional<UserState> user(String userId) {
        return query(COLUMNS + " AND user_id = ?", Store::state, userId).stream()
                .findFirst();
    }

    /** How often an event was charged for. */
    int charged(String eventId) {
        return query("SELECT COUNT(*) FROM ledger WHERE event_id = ?", row -> row.getInt(1), eventId)
                .get(0);
    }

    /** Ids of all events that were charged for, in order. */
    List<String> charged() {
        return query("SELECT event_id FROM ledger ORDER BY line", row -> row.getString(1));
    }

    void expectChargedOnce(UserEvent event, String situation) {
        expectChargedOnce(event.eventId(), situation);
    }

    void expectChargedOnce(String eventId, String situation) {
        int lines = charged(eventId);
        if (lines == 0) {
            throw Wrong.that("An event has never taken effect, and will not (" + eventId + ")")
                    .seen(situation + "; lines in the ledger: 0")
                    .means("Delivered, acknowledged, and nothing has come of it; nobody ever looks for it.")
                    .suspect("marked as processed before the work, in another transaction; or a failure that counts as"
                            + " done");
        }
        if (lines > 1) {
            throw Wrong.that("An event has taken effect " + lines + " times (" + eventId + ")")
                    .seen(situation + "; lines in the ledger: " + lines)
                    .means("The customer is charged twice for one change of address.")
                    .suspect("known events kept in memory; the mark in another transaction than the work; look first,"
                            + " then insert");
        }
    }

    /** What the replica shows of a user is this, and nothing else. */
    void expectShows(UserState newest, String situation) {
        Optional<UserState> expected = Optional.of(newest).filter(state -> !state.deleted());
        Optional<UserState> shown = user(newest.userId());
        if (shown.equals(expected)) {
            return;
        }
        String seen = situation + "; expected: " + UserStore.text(expected) + "; shown: " + UserStore.text(shown);
        if (newest.deleted()) {
            throw Wrong.that("A removed user is there again (" + newest.userId() + ")")
                    .seen(seen)
                    .means("Somebody who has asked to be forgotten gets advertising by post.")
                    .suspect("the row was deleted, and with it the knowledge that a late update is too late; or the"
                            + " removal came first, and left no trace");
        }
        if (shown.isPresent() && shown.get().version() < newest.version()) {
            throw Wrong.that("The replica shows an old state of a user (" + newest.userId() + ")")
                    .seen(seen)
                    .means("Parcels go to the old address, until the user happens to move again.")
                    .suspect("the last to arrive wins; look at the version first and write afterwards; or a newer state"
                            + " that was refused");
        }
        throw Wrong.that("The replica does not show what the newest event says of a user (" + newest.userId() + ")")
                .seen(seen)
                .means("The order service does not know its own customer.")
                .suspect(
                        "an update of somebody who is not there yet, or a return after a removal, that is thrown away");
    }
}

package mqworkbook.sync;

import java.sql.SQLException;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.Ledger;
import mqworkbook.sync.user.UserEvent;

/** What the order service does with events of users: it charges for each, and keeps its replica up to date. */
public final class UserReplica implements EventHandler {

    private final Inbox inbox;
    private final ReplicaTable table;

    public UserReplica(Inbox inbox, ReplicaTable table) {
        this.inbox = inbox;
        this.table = table;
    }

    /**
     * Charges for the event ({@code Ledger.charge}) and puts its state into the replica: once, and both or neither. An
     * event that comes late is charged for like any other.
     */
    @Override
    public void handle(UserEvent event) throws SQLException {
        inbox.once(event.eventId(), connection -> {
            Ledger.charge(connection, event);
            table.put(connection, event.state());
        });
    }
}

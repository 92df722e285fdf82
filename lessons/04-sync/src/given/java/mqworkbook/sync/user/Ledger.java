package mqworkbook.sync.user;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * What the order service charges for: each event of a user costs something, and is one line here. Whoever writes twice
 * charges twice: it belongs to the billing team, and knows nothing of duplicates.
 */
public final class Ledger {

    /** Its table, in the order service's database. */
    public static final String TABLE =
            "CREATE TABLE ledger (line BIGINT GENERATED ALWAYS AS IDENTITY, event_id VARCHAR(64), user_id VARCHAR(64))";

    private Ledger() {}

    /** Adds a line, in the transaction that is open on the connection. */
    public static void charge(Connection connection, UserEvent event) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ledger (event_id, user_id) VALUES (?, ?)")) {
            insert.setString(1, event.eventId());
            insert.setString(2, event.state().userId());
            insert.executeUpdate();
        }
    }
}

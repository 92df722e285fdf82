package mqworkbook.sync.before;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;

/** The user service as it is today: it writes to its database, and then to the broker. Two systems, no transaction. */
public final class DualWriteUserService {

    private final DataSource database;
    private final EventHandler broker;

    /**
     * A user service.
     *
     * @param broker sends the event; throws when it cannot
     */
    public DualWriteUserService(DataSource database, EventHandler broker) {
        this.database = database;
        this.broker = broker;
    }

    /** Registers or changes a user, and tells the others. */
    public void save(User user) throws Exception {
        long version = version(user.userId()) + 1;
        execute(
                "MERGE INTO users (user_id, name, address, version, deleted) VALUES (?, ?, ?, ?, FALSE)",
                user.userId(),
                user.name(),
                user.address(),
                version);
        // Whoever dies here has a user of whom nobody else will ever hear.
        UserEvent.Type type = version == 1 ? UserEvent.Type.REGISTERED : UserEvent.Type.CHANGED;
        broker.handle(new UserEvent(UUID.randomUUID().toString(), type, UserState.of(user, version)));
    }

    private long version(String userId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT version FROM users WHERE user_id = ?")) {
            select.setString(1, userId);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}

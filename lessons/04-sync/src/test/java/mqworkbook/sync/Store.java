package mqworkbook.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.database.DatabaseCall;
import org.h2.jdbcx.JdbcDataSource;

/** A real database of one service, which processes reach each on a way of its own, and which the judge can read. */
abstract class Store {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final Connection reading;

    /** Makes the tables. */
    interface Schema {
        void create(DataSource database) throws SQLException;
    }

    Store(Schema schema) {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=2500");
        try {
            // Lives as long as somebody is connected.
            reading = h2.getConnection();
            schema.create(h2);
        } catch (SQLException e) {
            throw new IllegalStateException("The tables cannot be made: " + e.getMessage(), e);
        }
    }

    /** A number that was not used before. */
    static int number() {
        return NUMBERS.incrementAndGet();
    }

    /** A process that lives, and whose calls to this database can be disturbed. */
    final DatabaseActor process(String name) {
        return new DatabaseActor(name, h2);
    }

    final DataSource dataSource() {
        return h2;
    }

    /** Whether a call ends a transaction that may have written something; a look outside of one does not count. */
    static boolean isCommit(DatabaseCall call) {
        return call.commits() && !call.begins("SELECT");
    }

    /** Reads one row of a result. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    final <T> List<T> query(String sql, Row<T> reader, Object... values) {
        synchronized (reading) {
            try (PreparedStatement select = reading.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    select.setObject(i + 1, values[i]);
                }
                List<T> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(reader.read(rows));
                    }
                }
                return found;
            } catch (SQLException e) {
                throw new IllegalStateException("The judge cannot read the database: " + e.getMessage(), e);
            }
        }
    }

    /** What a table shows of users who are there; its columns are an agreement. */
    static UserState state(ResultSet row) throws SQLException {
        return new UserState(
                row.getString("user_id"),
                row.getLong("version"),
                false,
                row.getString("name"),
                row.getString("address"));
    }
}

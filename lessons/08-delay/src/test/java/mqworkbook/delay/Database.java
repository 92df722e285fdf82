package mqworkbook.delay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import mqworkbook.delay.order.OrderTables;
import mqworkbook.workbench.database.DatabaseActor;
import org.h2.jdbcx.JdbcDataSource;

/** A real database with the shop's tables, and each process's way to it. */
final class Database implements AutoCloseable {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final Connection kept;
    private final Map<String, DatabaseActor> actors = new ConcurrentHashMap<>();

    Database() {
        // A row's lock is waited for, as long as any test lasts.
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000");
        try {
            // Lives as long as somebody is connected.
            kept = h2.getConnection();
            OrderTables.create(h2);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads the classes, beside whatever else happens. */
    static void load() {
        Thread loading = new Thread(() -> new Database().close(), "loading H2");
        loading.setDaemon(true);
        loading.start();
    }

    /** A process's way to the database. */
    DatabaseActor actor(String process) {
        return actors.computeIfAbsent(process, name -> new DatabaseActor(name, h2));
    }

    /** The database as one process sees it. */
    DataSource of(String process) {
        return actor(process).dataSource();
    }

    /** The process begins anew: nothing befalls it, and it lives. */
    void renew(String process) {
        actors.remove(process);
    }

    /** The judge's own statement. */
    synchronized int update(String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the only row. */
    synchronized String look(String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = kept.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            kept.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

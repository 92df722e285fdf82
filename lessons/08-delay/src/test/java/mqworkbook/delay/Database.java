package mqworkbook.delay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mqworkbook.delay.order.OrderTables;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A real database, in which things befall a process at a moment of its conversation: before or after its n-th statement or
 * commit, whatever it is.
 */
final class Database implements AutoCloseable {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final Connection kept;
    private final Map<String, Moment> moments = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final AtomicInteger statements = new AtomicInteger();

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

    /** The database as one process sees it. */
    DataSource of(String process) {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return call(h2, method, arguments);
            }
            Moment moment = moments.get(process);
            if (moment != null && moment.isOver()) {
                throw gone();
            }
            AtomicInteger count = open.computeIfAbsent(process, absent -> new AtomicInteger());
            count.incrementAndGet();
            return watched(h2.getConnection(), process, count);
        });
    }

    /** From now on, this befalls the process; what befell it before is forgotten. */
    Moment at(String process, Moment moment) {
        moments.put(process, moment);
        return moment;
    }

    /** Nothing befalls the process any more. */
    void heal(String process) {
        moments.remove(process);
    }

    /** How many connections the process has not closed. */
    int connections(String process) {
        AtomicInteger count = open.get(process);
        return count == null ? 0 : count.get();
    }

    /** How many statements were executed by all processes. */
    int statements() {
        return statements.get();
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

    private Connection watched(Connection connection, String process, AtomicInteger count) {
        return proxy(Connection.class, (method, arguments) -> {
            switch (method.getName()) {
                case "close" -> {
                    if (!connection.isClosed()) {
                        count.decrementAndGet();
                    }
                    return call(connection, method, arguments);
                }
                case "commit" -> {
                    return befalling(process, connection, count, () -> call(connection, method, arguments));
                }
                default -> {
                    Object result = call(connection, method, arguments);
                    if (result instanceof Statement statement) {
                        Class<?> type = result instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
                        return proxy(type, (asked, values) -> {
                            boolean executes = asked.getName().startsWith("execute");
                            if (executes) {
                                statements.incrementAndGet();
                            }
                            return executes
                                    ? befalling(process, connection, count, () -> call(statement, asked, values))
                                    : call(statement, asked, values);
                        });
                    }
                    return result;
                }
            }
        });
    }

    private Object befalling(String process, Connection connection, AtomicInteger count, Step step) throws Throwable {
        Moment moment = moments.get(process);
        if (moment == null) {
            return step.go();
        }
        try {
            return moment.befall(step);
        } catch (Moment.Death death) {
            // The server rolls back what a dead client has not committed.
            if (!connection.isClosed()) {
                count.decrementAndGet();
                connection.rollback();
                connection.close();
            }
            throw gone();
        }
    }

    private static SQLException gone() {
        return new SQLNonTransientConnectionException("database: connection lost");
    }

    /** A step of the conversation. */
    @FunctionalInterface
    interface Step {
        Object go() throws Throwable;
    }

    @FunctionalInterface
    private interface Answering {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<?> type, Answering answering) {
        return (T) Proxy.newProxyInstance(
                Database.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answering.answer(method, arguments));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

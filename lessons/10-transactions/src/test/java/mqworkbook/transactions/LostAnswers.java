package mqworkbook.transactions;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/** A way to a database that breaks at a bad moment: what was said before arrives all the same, or arrives later. */
final class LostAnswers {

    /** When it breaks. */
    enum When {
        /** The commit is on its way: the client sees the connection break, and the database will commit a while later. */
        COMMIT_IS_UNDER_WAY,
        /** All is committed, and closing the connection fails. */
        CLOSE
    }

    private final When when;
    private Connection committing;

    LostAnswers(When when) {
        this.when = when;
    }

    DataSource of(DataSource database) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(database, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    /** What is still under way arrives, if anything is. */
    void arrive() throws SQLException {
        if (committing != null) {
            try (Connection connection = committing) {
                connection.commit();
            }
            committing = null;
        }
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            String name = method.getName();
            if (when == When.COMMIT_IS_UNDER_WAY) {
                if (name.equals("commit")) {
                    committing = connection;
                    throw new SQLTransientConnectionException("database: connection lost while committing");
                }
                if (connection == committing && (name.equals("rollback") || name.equals("close"))) {
                    return null;
                }
            }
            Object result = invoke(connection, method, arguments);
            if (when == When.CLOSE && name.equals("close")) {
                throw new SQLTransientConnectionException("database: connection lost while closing");
            }
            return result;
        });
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(LostAnswers.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package mqworkbook.workbench.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import javax.sql.DataSource;

/** JDBC's objects with an actor between them and whoever uses them. */
final class Interposed {

    private Interposed() {}

    static DataSource dataSource(DatabaseActor actor, DataSource database) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(database, method, arguments);
            }
            actor.requireAlive();
            Connection connection = (Connection) invoke(database, method, arguments);
            actor.opened(connection);
            return connection(actor, connection);
        });
    }

    private static Connection connection(DatabaseActor actor, Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "close" -> {
                actor.close(connection);
                yield null;
            }
            case "rollback" -> actor.isDead() ? null : invoke(connection, method, arguments);
            case "isClosed" -> actor.isDead() || (boolean) invoke(connection, method, arguments);
            case "commit" -> actor.call(new DatabaseCall("COMMIT", true), () -> invoke(connection, method, arguments));
            case "setAutoCommit" -> setAutoCommit(actor, connection, method, arguments);
            case "createStatement" ->
                statement(Statement.class, actor, connection, (Statement) alive(actor, connection, method, arguments));
            case "prepareStatement" ->
                statement(
                        PreparedStatement.class,
                        actor,
                        connection,
                        (Statement) alive(actor, connection, method, arguments),
                        (String) arguments[0]);
            case "prepareCall" ->
                statement(
                        CallableStatement.class,
                        actor,
                        connection,
                        (Statement) alive(actor, connection, method, arguments),
                        (String) arguments[0]);
            default ->
                method.getDeclaringClass() == Object.class
                        ? invoke(connection, method, arguments)
                        : alive(actor, connection, method, arguments);
        });
    }

    /** Switched on in the middle of a transaction, it commits that. */
    private static Object setAutoCommit(DatabaseActor actor, Connection connection, Method method, Object[] arguments)
            throws Throwable {
        actor.requireAlive();
        if ((boolean) arguments[0] && !connection.getAutoCommit()) {
            return actor.call(new DatabaseCall("COMMIT", true), () -> invoke(connection, method, arguments));
        }
        return invoke(connection, method, arguments);
    }

    private static <S extends Statement> S statement(
            Class<S> type, DatabaseActor actor, Connection connection, Statement statement, String... prepared) {
        return proxy(type, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                return actor.isDead() ? null : invoke(statement, method, arguments);
            }
            if (!method.getName().startsWith("execute")) {
                return method.getDeclaringClass() == Object.class
                        ? invoke(statement, method, arguments)
                        : alive(actor, statement, method, arguments);
            }
            actor.requireAlive();
            String sql = prepared.length > 0 ? prepared[0] : arguments == null ? "BATCH" : arguments[0].toString();
            return actor.call(
                    new DatabaseCall(sql, connection.getAutoCommit()), () -> invoke(statement, method, arguments));
        });
    }

    private static Object alive(DatabaseActor actor, Object target, Method method, Object[] arguments)
            throws Throwable {
        actor.requireAlive();
        return invoke(target, method, arguments);
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Interposed.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package mqworkbook.workbench.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mqworkbook.workbench.judge.ProcessDied;

/**
 * One process's way to a database. Whatever it asks through JDBC passes here, so it can be held, fail, or be the last
 * thing that the process does: see {@link CallMoment}. A dead process has no connection and gets none; what it had not
 * committed is rolled back.
 */
public final class DatabaseActor {

    private final String name;
    private final DataSource database;
    private final List<CallMoment> moments = new CopyOnWriteArrayList<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Runnable> deathWatch = new CopyOnWriteArrayList<>();
    private volatile boolean dead;

    /**
     * A process that lives.
     *
     * @param name whose death is told
     */
    public DatabaseActor(String name, DataSource database) {
        this.name = name;
        this.database = database;
    }

    public String name() {
        return name;
    }

    /** The database as this process sees it. */
    public DataSource dataSource() {
        return Interposed.dataSource(this, database);
    }

    /** How many connections it has open. */
    public int openConnections() {
        return open.size();
    }

    /** How many calls it has made. */
    public int calls() {
        return calls.get();
    }

    public boolean isDead() {
        return dead;
    }

    /** What else ends with the process, for instance its way to a broker. */
    public void onDeath(Runnable ending) {
        deathWatch.add(ending);
    }

    /** The process ends here and now; whatever it asks from now on throws {@link ProcessDied}. */
    public void die() {
        dead = true;
        deathWatch.forEach(Runnable::run);
        open.forEach(DatabaseActor::endQuietly);
        open.clear();
        moments.forEach(CallMoment::release);
    }

    void arm(CallMoment moment) {
        moments.add(moment);
    }

    void opened(Connection connection) {
        open.add(connection);
        if (dead) {
            endQuietly(connection);
        }
    }

    /** Also closed for good while the process dies: else nobody would, and its locks would stay. */
    void close(Connection connection) throws SQLException {
        if (dead) {
            endQuietly(connection);
        } else {
            connection.close();
        }
        open.remove(connection);
    }

    void requireAlive() {
        if (dead) {
            throw new ProcessDied(name);
        }
    }

    /** What is to be done, as JDBC does it. */
    interface Work {
        Object run() throws Throwable;
    }

    Object call(DatabaseCall call, Work work) throws Throwable {
        requireAlive();
        calls.incrementAndGet();
        List<CallMoment> now =
                moments.stream().filter(moment -> moment.comes(call)).toList();
        for (CallMoment moment : now) {
            moment.before(this);
        }
        requireAlive();
        Object result = work.run();
        for (CallMoment moment : now) {
            moment.after(this);
        }
        return result;
    }

    private static void endQuietly(Connection connection) {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // It is gone already.
        }
    }
}

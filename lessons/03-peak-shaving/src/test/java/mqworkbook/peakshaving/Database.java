package mqworkbook.peakshaving;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import mqworkbook.workbench.judge.ProcessDied;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A real database behind a gate: it counts who is connected, refuses who is too much, and can be slow, away, or the last
 * thing that a process sees.
 */
final class Database {

    /** A row of the table of orders. */
    record Row(String saleId, String userId, int quantity) {}

    private final int limit;
    private JdbcDataSource h2;
    private Connection kept;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong firstAway = new AtomicLong();
    private final AtomicLong lastAway = new AtomicLong();
    private final Map<String, Runnable> deaths = new HashMap<>();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch heldBack = new CountDownLatch(0);
    private volatile Duration effort = Duration.ZERO;

    Database(int limit) {
        this.limit = limit;
    }

    /** The database as one process sees it. */
    DataSource of(String process) {
        return (DataSource) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return connect(process);
                    }
                    return invoke(h2(), method, arguments);
                });
    }

    /** Who is connected waits, until {@link #release()}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    /** Who waits now waits on, and who comes next does not. */
    void letOthersPass() {
        heldBack = held;
        held = new CountDownLatch(0);
    }

    /** Who waits now goes on, and who comes next waits. */
    void holdAgain() {
        CountDownLatch before = held;
        held = new CountDownLatch(1);
        before.countDown();
    }

    void release() {
        held.countDown();
        heldBack.countDown();
    }

    /** Each connection costs so long. */
    void slow(Duration each) {
        effort = each;
    }

    /** The next connections are refused. */
    void away(int times) {
        failures.set(times);
    }

    /** How much time has passed between the first and the last of the connections that were refused for being away. */
    Duration awaySpan() {
        return Duration.ofNanos(lastAway.get() - firstAway.get());
    }

    boolean isBack() {
        return failures.get() <= 0;
    }

    /** The process dies in the middle of its next write; {@code killing} brings the rest of its death about. */
    void dieWriting(String process, Runnable killing) {
        deaths.put(process, killing);
    }

    /** If the process was to die and has not written anything yet, it dies now. */
    void dieNow(String process) {
        Runnable death = takeDeath(process);
        if (death != null) {
            death.run();
        }
    }

    int connected() {
        return open.get();
    }

    /** Most that were connected at the same time, those that were refused too. */
    int peak() {
        return peak.get();
    }

    /** How many were refused because there were too many. */
    int refused() {
        return refused.get();
    }

    /** How often somebody has asked for a connection. */
    int asked() {
        return asked.get();
    }

    List<Row> orders(String saleId) {
        List<Row> orders = new ArrayList<>();
        Connection reading = kept();
        synchronized (reading) {
            try (Statement statement = reading.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT sale_id, user_id, quantity FROM orders WHERE sale_id = '" + saleId + "'")) {
                while (rows.next()) {
                    orders.add(new Row(rows.getString(1), rows.getString(2), rows.getInt(3)));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("The table of orders cannot be read: " + e.getMessage(), e);
            }
        }
        return orders;
    }

    /** Begins when somebody asks: a to-do must not wait for a database. */
    private synchronized JdbcDataSource h2() {
        if (h2 == null) {
            JdbcDataSource begun = new JdbcDataSource();
            begun.setURL("jdbc:h2:mem:" + UUID.randomUUID());
            try {
                // Lives as long as somebody is connected.
                kept = begun.getConnection();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            h2 = begun;
        }
        return h2;
    }

    private synchronized Connection kept() {
        h2();
        return kept;
    }

    private Connection connect(String process) throws Exception {
        asked.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            lastAway.set(System.nanoTime());
            firstAway.compareAndSet(0, lastAway.get());
            throw new SQLTransientConnectionException("database: connection refused");
        }
        int now = open.incrementAndGet();
        peak.accumulateAndGet(now, Math::max);
        try {
            if (now > limit) {
                refused.incrementAndGet();
                throw new SQLTransientConnectionException(
                        "database: too many connections, it takes " + limit + " at a time");
            }
            held.await();
            if (!effort.isZero()) {
                LockSupport.parkNanos(effort.toNanos());
            }
            Runnable death = takeDeath(process);
            if (death != null) {
                death.run();
                throw new ProcessDied(process);
            }
            return counted(h2().getConnection());
        } catch (Throwable e) {
            open.decrementAndGet();
            throw e;
        }
    }

    private synchronized Runnable takeDeath(String process) {
        return deaths.remove(process);
    }

    private Connection counted(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        open.decrementAndGet();
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

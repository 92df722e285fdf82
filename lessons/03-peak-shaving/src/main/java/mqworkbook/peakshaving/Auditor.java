package mqworkbook.peakshaving;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import mqworkbook.peakshaving.sale.Balance;
import mqworkbook.peakshaving.sale.SaleNames;
import mqworkbook.workbench.judge.Todo;

/** Looks whether all units are accounted for, and brings on its way what somebody has left lying. */
public final class Auditor implements AutoCloseable {

    private final StatefulRedisConnection<String, String> connection;
    private final SaleNames names;
    private final DataSource database;
    private final WinPublisher publisher;
    private final Duration grace;
    private final Clock clock;

    /**
     * An auditor.
     *
     * @param grace how old a reservation must be before anybody else than its maker takes care of it; longer than the
     *     publisher's confirm time-out
     */
    public Auditor(
            RedisClient redis,
            SaleNames names,
            DataSource database,
            WinPublisher publisher,
            Duration grace,
            Clock clock) {
        this.connection = redis.connect();
        this.names = names;
        this.database = database;
        this.publisher = publisher;
        this.grace = grace;
        this.clock = clock;
    }

    /** Where the units of a sale are. */
    public Balance balance(String saleId) throws SQLException {
        throw new Todo(5, "Add up what is in stock, what is reserved and not ordered, and what is ordered.");
    }

    /**
     * Publishes again what was reserved longer than the grace ago, and is not known to be in the queue. It may be there
     * all the same, so nothing is ever given back here. Called now and then, also by several processes at once, and
     * also while the broker is away.
     *
     * @return how many purchases are known to be in the queue now
     */
    public int reconcile(String saleId) {
        throw new Todo(5, "Find the reservations that nobody has brought into the queue, and publish them again.");
    }

    @Override
    public void close() {
        connection.close();
    }
}

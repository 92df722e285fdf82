// Mistake:   reconciled-by-giving-back
// Wrong:     What nobody has brought into the queue is given back. It may be there all the same.
// Shows as:  A process dies before its confirm is back, the units are sold again, and two people get the same pair.
// Caught in: step 5
// Says:      "never becomes an order"; "R-"
package mqworkbook.peakshaving;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import mqworkbook.peakshaving.sale.Balance;
import mqworkbook.peakshaving.sale.InvalidPurchaseException;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;

/** Looks whether all units are accounted for, and brings on its way what somebody has left lying. */
public final class Auditor implements AutoCloseable {

    // Stock and reservations of the same moment: of two moments they would not add up while the sale goes on.
    private static final String LOOK = """
            local all = redis.call('HVALS', KEYS[2])
            table.insert(all, 1, redis.call('GET', KEYS[1]) or '0')
            return all
            """;

    // What is taken is nobody else's any more: neither of another reconciler, until it is due again, nor of the process
    // that reserved it, which may have slept through all this and would still give it back.
    private static final String TAKE = """
            for _, purchase in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])) do
                redis.call('ZREM', KEYS[1], purchase)
                redis.call('ZADD', KEYS[2], ARGV[1], purchase)
            end
            local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
            for _, purchase in ipairs(due) do
                redis.call('ZADD', KEYS[2], ARGV[2], purchase)
            end
            return due
            """;

    private static final int AT_ONCE = 100;

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
        List<String> look =
                connection.sync().eval(LOOK, ScriptOutputType.MULTI, names.stock(saleId), names.reservations(saleId));
        Set<String> buyers = new HashSet<>();
        long ordered = 0;
        try (Connection reading = database.getConnection();
                PreparedStatement query =
                        reading.prepareStatement("SELECT user_id, quantity FROM orders WHERE sale_id = ?")) {
            query.setString(1, saleId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    buyers.add(rows.getString(1));
                    ordered += rows.getInt(2);
                }
            }
        }
        long reserved = look.stream()
                .skip(1)
                .map(Auditor::purchase)
                .filter(purchase -> !buyers.contains(purchase.userId()))
                .mapToLong(Purchase::quantity)
                .sum();
        return new Balance(Long.parseLong(look.get(0)), reserved, ordered);
    }

    /**
     * Publishes again what was reserved longer than the grace ago, and is not known to be in the queue. It may be there
     * all the same, so nothing is ever given back here. Called now and then, also by several processes at once, and
     * also while the broker is away.
     *
     * @return how many purchases are known to be in the queue now
     */
    public int reconcile(String saleId) {
        long now = clock.millis();
        List<String> due = connection
                .sync()
                .eval(
                        TAKE,
                        ScriptOutputType.MULTI,
                        new String[] {names.open(saleId), names.taken(saleId)},
                        Long.toString(now - grace.toMillis()),
                        Long.toString(now),
                        Integer.toString(AT_ONCE));
        int queued = 0;
        for (String text : due) {
            Purchase purchase = purchase(text);
            connection.sync().zrem(names.taken(saleId), text);
            connection.sync().hdel(names.reservations(saleId), purchase.userId());
            connection.sync().incrby(names.stock(saleId), purchase.quantity());
        }
        return queued;
    }

    private static Purchase purchase(String text) {
        try {
            return Purchase.parse(text);
        } catch (InvalidPurchaseException e) {
            throw new IllegalStateException("Somebody has written into the reservations", e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

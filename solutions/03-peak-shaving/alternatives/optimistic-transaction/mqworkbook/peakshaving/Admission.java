// Alternative: optimistic transactions (WATCH, MULTI, EXEC) in place of scripts, for teams that want no Lua. Each
// decision has a connection of a small pool, none of which reconnects: more round trips, and again when others were
// quicker. In a spike on one article others mostly are.
package mqworkbook.peakshaving;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;

/** Decides who gets units, at the speed of memory. Many threads use one admission, and many processes one sale. */
public final class Admission implements AutoCloseable {

    private final RedisClient client;
    private final SaleNames names;
    private final Clock clock;
    private final Deque<StatefulRedisConnection<String, String>> pool = new ConcurrentLinkedDeque<>();

    public Admission(RedisClient redis, SaleNames names, Clock clock) {
        this.client = redis;
        // Nothing is sent a second time: Lettuce would send MULTI to EXEC again, and not WATCH.
        redis.setOptions(ClientOptions.builder().autoReconnect(false).build());
        this.names = names;
        this.clock = clock;
    }

    /**
     * Reserves the units for the user, or says why not, in one atomic step. The same request again gets the same
     * answer, and no second reservation.
     *
     * @return anything but {@link Outcome#TOO_BUSY}; {@link Outcome#ALREADY_BOUGHT} comes before all other refusals
     */
    public Outcome reserve(Purchase purchase) {
        return untilDone(redis -> tryToReserve(redis, purchase));
    }

    /**
     * Gives the units of a purchase back, once, however often it is called, and whoever has reserved meanwhile.
     *
     * @return whether the purchase holds no units now
     */
    public boolean giveBack(Purchase purchase) {
        return untilDone(redis -> tryToGiveBack(redis, purchase));
    }

    /** The queue has the purchase. */
    void queued(Purchase purchase) {
        untilDone(redis -> redis.zrem(names.open(purchase.saleId()), purchase.text())
                + redis.zrem(names.taken(purchase.saleId()), purchase.text()));
    }

    /** Null when somebody else was quicker. */
    private Outcome tryToReserve(RedisCommands<String, String> redis, Purchase purchase) {
        String sale = purchase.saleId();
        redis.watch(names.stock(sale), names.reservations(sale), names.open(sale));
        String reserved = redis.hget(names.reservations(sale), purchase.userId());
        if (reserved != null) {
            if (!reserved.equals(purchase.text())) {
                return unwatched(redis, Outcome.ALREADY_BOUGHT);
            }
            if (redis.zscore(names.open(sale), purchase.text()) == null) {
                return unwatched(redis, Outcome.WON);
            }
            redis.multi();
            redis.zrem(names.open(sale), purchase.text());
            redis.zadd(names.taken(sale), clock.millis(), purchase.text());
            return redis.exec().wasDiscarded() ? null : Outcome.WON;
        }
        if (!redis.sismember(names.registered(sale), purchase.userId())) {
            return unwatched(redis, Outcome.NOT_ELIGIBLE);
        }
        String stock = redis.get(names.stock(sale));
        if (stock == null || Long.parseLong(stock) < purchase.quantity()) {
            return unwatched(redis, Outcome.SOLD_OUT);
        }
        redis.multi();
        redis.decrby(names.stock(sale), purchase.quantity());
        redis.hset(names.reservations(sale), purchase.userId(), purchase.text());
        redis.zadd(names.open(sale), clock.millis(), purchase.text());
        return redis.exec().wasDiscarded() ? null : Outcome.WON;
    }

    /** Null when somebody else was quicker. */
    private Boolean tryToGiveBack(RedisCommands<String, String> redis, Purchase purchase) {
        String sale = purchase.saleId();
        redis.watch(names.reservations(sale), names.open(sale));
        boolean holds = purchase.text().equals(redis.hget(names.reservations(sale), purchase.userId()));
        if (!holds || redis.zscore(names.open(sale), purchase.text()) == null) {
            return unwatched(redis, !holds);
        }
        redis.multi();
        redis.zrem(names.open(sale), purchase.text());
        redis.hdel(names.reservations(sale), purchase.userId());
        redis.incrby(names.stock(sale), purchase.quantity());
        return redis.exec().wasDiscarded() ? null : Boolean.TRUE;
    }

    private static <T> T unwatched(RedisCommands<String, String> redis, T answer) {
        redis.unwatch();
        return answer;
    }

    /** Every one of these is safe to try again, also when it is not known whether it was done. */
    private <T> T untilDone(Function<RedisCommands<String, String>, T> attempt) {
        int lost = 0;
        while (true) {
            StatefulRedisConnection<String, String> connection = pool.pollFirst();
            if (connection == null || !connection.isOpen()) {
                connection = client.connect();
            }
            try {
                T answer = attempt.apply(connection.sync());
                if (answer != null) {
                    pool.addFirst(connection);
                    return answer;
                }
                pool.addFirst(connection);
            } catch (RedisException connectionIsGone) {
                connection.close();
                if (++lost == 3) {
                    throw connectionIsGone;
                }
            }
        }
    }

    @Override
    public void close() {
        pool.forEach(StatefulRedisConnection::close);
    }
}

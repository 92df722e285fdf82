// Mistake:   made-anew-by-the-same-request
// Wrong:     A request that was made before is made again: the user is not counted twice, and the units are.
// Shows as:  A reply is lost, Lettuce sends the script again, and two more units belong to nobody.
// Caught in: step 1
// Says:      "Units have leaked"; "R-"
package mqworkbook.peakshaving;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;

/** Decides who gets units, at the speed of memory. Many threads use one admission, and many processes one sale. */
public final class Admission implements AutoCloseable {

    // Redis runs a script as one step. The first lines make it safe to run twice, which Lettuce does by itself: a
    // command
    // whose reply was lost with the connection is sent again. Who asks twice may also publish twice, and then a refusal
    // of the one copy says nothing of the other: from then on the purchase is the reconciler's.
    private static final String RESERVE = """
            local reserved = redis.call('HGET', KEYS[2], ARGV[1])
            if reserved and reserved ~= ARGV[2] then return 'ALREADY_BOUGHT' end
            if redis.call('SISMEMBER', KEYS[3], ARGV[1]) == 0 then return 'NOT_ELIGIBLE' end
            local left = tonumber(redis.call('GET', KEYS[1]) or '0')
            if left < tonumber(ARGV[3]) then return 'SOLD_OUT' end
            redis.call('DECRBY', KEYS[1], ARGV[3])
            redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
            redis.call('ZADD', KEYS[4], ARGV[4], ARGV[2])
            return 'WON'
            """;

    // Only what is open is given back: neither twice, nor what may be in the queue. The answer is the state afterwards,
    // so that a second run of the script gives the same.
    private static final String GIVE_BACK = """
            if redis.call('ZREM', KEYS[3], ARGV[2]) == 1 then
                redis.call('HDEL', KEYS[2], ARGV[1])
                redis.call('INCRBY', KEYS[1], ARGV[3])
            end
            if redis.call('HGET', KEYS[2], ARGV[1]) == ARGV[2] then return 'RESERVED' end
            return 'FREE'
            """;

    private final StatefulRedisConnection<String, String> connection;
    private final RedisCommands<String, String> redis;
    private final SaleNames names;
    private final Clock clock;
    private final String reserveDigest;
    private final String giveBackDigest;

    public Admission(RedisClient redis, SaleNames names, Clock clock) {
        // One connection for all threads: Lettuce pipelines what they send at the same time.
        this.connection = redis.connect();
        this.redis = connection.sync();
        this.names = names;
        this.clock = clock;
        this.reserveDigest = this.redis.digest(RESERVE);
        this.giveBackDigest = this.redis.digest(GIVE_BACK);
    }

    /**
     * Reserves the units for the user, or says why not, in one atomic step. The same request again gets the same
     * answer, and no second reservation.
     *
     * @return anything but {@link Outcome#TOO_BUSY}; {@link Outcome#ALREADY_BOUGHT} comes before all other refusals
     */
    public Outcome reserve(Purchase purchase) {
        String sale = purchase.saleId();
        String[] keys = {
            names.stock(sale), names.reservations(sale), names.registered(sale), names.open(sale), names.taken(sale)
        };
        return Outcome.valueOf(run(
                RESERVE,
                reserveDigest,
                keys,
                purchase.userId(),
                purchase.text(),
                Integer.toString(purchase.quantity()),
                Long.toString(clock.millis())));
    }

    /**
     * Gives the units of a purchase back, once, however often it is called, and whoever has reserved meanwhile.
     *
     * @return whether the purchase holds no units now
     */
    public boolean giveBack(Purchase purchase) {
        String sale = purchase.saleId();
        String[] keys = {names.stock(sale), names.reservations(sale), names.open(sale)};
        return run(
                        GIVE_BACK,
                        giveBackDigest,
                        keys,
                        purchase.userId(),
                        purchase.text(),
                        Integer.toString(purchase.quantity()))
                .equals("FREE");
    }

    /** The queue has the purchase. Waits for nothing: if this is lost, the reconciler publishes once more. */
    void queued(Purchase purchase) {
        connection.async().zrem(names.open(purchase.saleId()), purchase.text());
        connection.async().zrem(names.taken(purchase.saleId()), purchase.text());
    }

    private String run(String script, String digest, String[] keys, String... arguments) {
        try {
            return redis.evalsha(digest, ScriptOutputType.VALUE, keys, arguments);
        } catch (RedisNoScriptException restarted) {
            return redis.eval(script, ScriptOutputType.VALUE, keys, arguments);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

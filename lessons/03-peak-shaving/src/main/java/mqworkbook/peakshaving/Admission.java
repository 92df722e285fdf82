package mqworkbook.peakshaving;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;
import mqworkbook.workbench.judge.Todo;

/** Decides who gets units, at the speed of memory. Many threads use one admission, and many processes one sale. */
public final class Admission implements AutoCloseable {

    private final StatefulRedisConnection<String, String> connection;
    private final SaleNames names;
    private final Clock clock;

    /**
     * An admission.
     *
     * @param clock of no interest before step 5
     */
    public Admission(RedisClient redis, SaleNames names, Clock clock) {
        this.connection = redis.connect();
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
        throw new Todo(1, "Decide and reserve in one atomic step: bought before, registered, enough left.");
    }

    /**
     * Gives the units of a purchase back, once, however often it is called, and whoever has reserved meanwhile.
     *
     * @return whether the purchase holds no units now
     */
    public boolean giveBack(Purchase purchase) {
        throw new Todo(3, "Undo the reservation of this purchase, in one atomic step, unless it is undone already.");
    }

    @Override
    public void close() {
        connection.close();
    }
}

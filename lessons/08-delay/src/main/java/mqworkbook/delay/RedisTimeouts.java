package mqworkbook.delay;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.judge.Todo;

/** Timeouts in a sorted set of Redis, and a poller in each process. */
public final class RedisTimeouts implements Timeouts {

    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "redis poller");
        thread.setDaemon(true);
        return thread;
    });
    private final StatefulRedisConnection<String, String> connection;
    private final DelayNames names;
    private final Clock clock;
    private final Duration lease;
    private final Duration pollInterval;

    /**
     * Connects.
     *
     * @param clock says when something is due, and when a lease is over
     * @param lease how long a claimed timeout is left to the process that has claimed it
     * @param pollInterval the pause between two looks, when nothing is due
     */
    public RedisTimeouts(RedisClient redis, DelayNames names, Clock clock, Duration lease, Duration pollInterval) {
        this.connection = redis.connect();
        this.names = names;
        this.clock = clock;
        this.lease = lease;
        this.pollInterval = pollInterval;
    }

    @Override
    public void schedule(Timeout timeout) {
        throw new Todo(5, "Add the timeout to the sorted set, by when it is due.");
    }

    @Override
    public void start(TimeoutHandler handler) {
        poller.scheduleWithFixedDelay(() -> poll(handler), 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops looking; what is claimed and not handled is somebody else's when its lease is over. */
    @Override
    public void close() {
        poller.shutdownNow();
        connection.close();
    }

    /** Hands over all that is due now. */
    private void poll(TimeoutHandler handler) {
        throw new Todo(5, "Hand over all that is due, remove what was handled, and never let the poller end.");
    }

    /** The next timeout that is due; nobody else gets it until the lease is over. */
    private Optional<Timeout> claim() {
        throw new Todo(5, "Claim the next timeout that is due, in one step, until its lease is over.");
    }
}

// Mistake:   claim-without-lease
// Wrong:     Claiming removes: from then on the timeout is in the memory of one process, and nowhere else.
// Shows as:  Each crash of a poller leaves an order unpaid for ever.
// Caught in: step 5
// Says:      "lost with the process"
package mqworkbook.delay;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.ZAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;

/** Timeouts in a sorted set of Redis, and a poller in each process. */
public final class RedisTimeouts implements Timeouts {

    // Redis runs a script as one step. A claimed timeout stays in the set, and is due again when its lease is over:
    // whoever dies at work loses nothing. The lease counts from now, since the deadline may be long ago.
    private static final String CLAIM = """
            local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1)
            if #due == 1 then
                redis.call('ZREM', KEYS[1], due[1])
            end
            return due
            """;

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
        // Not over what is there: Lettuce sends a command again whose reply was lost, and it may be claimed by then.
        connection
                .sync()
                .zadd(names.waitingKey(), ZAddArgs.Builder.nx(), timeout.dueAt().toEpochMilli(), timeout.text());
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
        try {
            for (Optional<Timeout> due = claim(); due.isPresent(); due = claim()) {
                handOver(due.get(), handler);
            }
        } catch (RuntimeException redisIsAway) {
            // An exception that leaves a scheduled task ends the schedule, without a word.
        }
    }

    private void handOver(Timeout timeout, TimeoutHandler handler) {
        try {
            handler.onTimeout(timeout);
        } catch (Exception failure) {
            long later = clock.instant().plus(pollInterval).toEpochMilli();
            connection.sync().zadd(names.waitingKey(), later, timeout.text());
        }
    }

    /** The next timeout that is due; nobody else gets it until the lease is over. */
    private Optional<Timeout> claim() {
        Instant now = clock.instant();
        List<String> claimed = connection
                .sync()
                .eval(
                        CLAIM,
                        ScriptOutputType.MULTI,
                        new String[] {names.waitingKey()},
                        Long.toString(now.toEpochMilli()),
                        Long.toString(now.plus(lease).toEpochMilli()));
        return claimed.stream().map(Timeout::parse).findFirst();
    }
}

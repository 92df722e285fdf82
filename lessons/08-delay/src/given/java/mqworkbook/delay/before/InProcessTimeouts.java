package mqworkbook.delay.before;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;

/** How it is done today: a timer in the memory of the process that took the order. */
public final class InProcessTimeouts implements Timeouts {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "order timer");
        thread.setDaemon(true);
        return thread;
    });
    private final Clock clock;
    private volatile TimeoutHandler handler;

    public InProcessTimeouts(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void start(TimeoutHandler handler) {
        this.handler = handler;
    }

    @Override
    public void schedule(Timeout timeout) {
        // Rounded up, so that it does not come a moment early.
        long millis = Duration.between(clock.instant(), timeout.dueAt()).toMillis() + 1;
        timer.schedule(() -> handOver(timeout), Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    private void handOver(Timeout timeout) {
        try {
            handler.onTimeout(timeout);
        } catch (Exception e) {
            // Nobody is told, and nothing comes again.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

package mqworkbook.workbench.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Delay;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.judge.learner.LearnerCode;

/**
 * The one thread that reads from and writes to all connections of a client. Lettuce has as many as there are processors,
 * so whether a listener that waits for a reply holds up that very reply depends on luck there; here it always does.
 */
final class IoThread {

    /** The client's default waits up to 30 s between tries to reconnect; a lesson does not. */
    private static final Duration RECONNECT = Duration.ofMillis(50);

    /** A look at a thread costs more than most conditions that are waited for. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final class Holder {
        static final Timer TIMER = new HashedWheelTimer(task -> daemon(task, "redis timer"), 10, TimeUnit.MILLISECONDS);
    }

    private final DefaultEventLoopGroupProvider loop;
    private final ClientResources resources;
    private volatile Thread thread;
    private long looked = System.nanoTime();
    private String line = "";
    private long since;

    IoThread(String actor) {
        loop = new DefaultEventLoopGroupProvider(1, (DefaultEventLoopGroupProvider.ThreadFactoryProvider)
                pool -> task -> thread = daemon(task, "redis I/O of " + actor));
        resources = ClientResources.builder()
                .eventLoopGroupProvider(loop)
                .computationThreadPoolSize(2)
                .timer(Holder.TIMER)
                .reconnectDelay(Delay.constant(RECONNECT))
                .build();
    }

    ClientResources resources() {
        return resources;
    }

    /** The line of the learner's code in which the thread waits at the moment. */
    private Optional<String> waitsAt() {
        Thread io = thread;
        if (io == null) {
            return Optional.empty();
        }
        Thread.State state = io.getState();
        boolean waits = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        return waits
                ? LearnerCode.ofRun().frames(io.getStackTrace()).stream()
                        .findFirst()
                        .map(LearnerCode::describe)
                : Optional.empty();
    }

    /** The line of the learner's code in which the thread has waited for so long, as far as calls of this have seen. */
    synchronized Optional<String> stuckAt(Duration atLeast) {
        long now = System.nanoTime();
        if (now - looked < LOOK_NANOS) {
            return Optional.empty();
        }
        looked = now;
        String at = waitsAt().orElse("");
        if (!at.equals(line)) {
            line = at;
            since = now;
        }
        return at.isEmpty() || now - since < atLeast.toNanos() ? Optional.empty() : Optional.of(at);
    }

    /** Ends it, in the background. */
    void close() {
        loop.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

// Mistake:   refused-turn-lost
// Wrong:     A key that lets others have their turn is given up when the pool does not take it again.
// Shows as:  On the busiest day, when the pool is full, some orders stand still, with a line in the log and nothing
// more.
// Caught in: step 4
// Says:      "was accepted has not run"; "tasks of A"
package mqworkbook.ordering;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * Runs tasks on the threads of a pool: those of one key one after the other, as they came; those of different keys side by
 * side. A key that waits holds no thread.
 *
 * @param <K> the keys; equal ones are one key
 */
public final class KeyedExecutor<K> {

    /** So many tasks of one key in a row; then other keys have their turn. */
    private static final int TURN = 32;

    private final Executor pool;
    private final BiConsumer<K, Throwable> failed;
    private final Map<K, Lane> lanes = new HashMap<>();

    /**
     * An executor that has nothing to do yet.
     *
     * @param pool where tasks run; it may reject some, or run them on the thread of the caller
     * @param failed told of each task that ends with an exception or an error
     */
    public KeyedExecutor(Executor pool, BiConsumer<K, Throwable> failed) {
        this.pool = pool;
        this.failed = failed;
    }

    /**
     * Runs the task when all earlier ones of its key have ended.
     *
     * @throws RejectedExecutionException if the pool takes no more; the task is not run then, now or later
     */
    public void execute(K key, Runnable task) {
        Objects.requireNonNull(task, "task");
        Lane lane;
        synchronized (lanes) {
            lane = lanes.get(key);
            if (lane != null) {
                lane.add(task);
                return;
            }
            lane = new Lane(key, task);
            lanes.put(key, lane);
        }
        start(lane);
    }

    /** Outside of the lock: the pool may run the lane at once, on this thread. */
    private void start(Lane lane) {
        try {
            pool.execute(lane);
        } catch (RejectedExecutionException e) {
            if (lane.giveBackFirst()) {
                // Others have come in meanwhile, and were told that they would run.
                lane.run();
            }
            throw e;
        }
    }

    /** The tasks of one key, from the first that waits to the last that has ended. */
    private final class Lane implements Runnable {

        private final K key;

        /** The task that has opened the lane; most have no other. Only the lane's thread looks at it. */
        private Runnable first;

        /** What has come since, for the next look into it; none without the lock. */
        private Queue<Runnable> waiting;

        /** What was taken out of it. Only the lane's thread looks at it. */
        private Queue<Runnable> taken;

        Lane(K key, Runnable first) {
            this.key = key;
            this.first = first;
        }

        /** With the lock. */
        void add(Runnable task) {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(task);
        }

        @Override
        public void run() {
            int done = 0;
            for (Runnable task = next(); task != null; task = next()) {
                runOne(task);
                done++;
                if (done == TURN) {
                    if (yielded()) {
                        return;
                    }
                    done = 0;
                }
            }
        }

        /** The next task, or none: then this is no lane any more. */
        private Runnable next() {
            Runnable next = first;
            first = null;
            if (next == null && (taken != null || take())) {
                next = taken.remove();
                taken = taken.isEmpty() ? null : taken;
            }
            return next;
        }

        /** Takes all that wait, as the lock is everybody's. */
        private boolean take() {
            synchronized (lanes) {
                taken = waiting;
                waiting = null;
                if (taken == null) {
                    lanes.remove(key);
                }
                return taken != null;
            }
        }

        private void runOne(Runnable task) {
            try {
                task.run();
            } catch (Throwable e) {
                failed.accept(key, e);
            }
        }

        private boolean yielded() {
            try {
                pool.execute(this);
                return true;
            } catch (RejectedExecutionException e) {
                failed.accept(key, e);
                return true;
            }
        }

        /** The pool has refused the lane; returns whether something is left in it. */
        private boolean giveBackFirst() {
            first = null;
            return take();
        }
    }
}

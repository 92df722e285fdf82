package mqworkbook.ordering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
                lane.tasks.add(task);
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
        private final Queue<Runnable> tasks = new ArrayDeque<>(2);

        Lane(K key, Runnable first) {
            this.key = key;
            tasks.add(first);
        }

        @Override
        public void run() {
            int done = 0;
            for (List<Runnable> some = takeSome(); !some.isEmpty(); some = takeSome()) {
                some.forEach(this::runOne);
                done += some.size();
                if (done >= TURN) {
                    if (yielded()) {
                        return;
                    }
                    done = 0;
                }
            }
        }

        /** The next tasks, or none: then this is no lane any more. Many at once, as the lock is everybody's. */
        private List<Runnable> takeSome() {
            synchronized (lanes) {
                List<Runnable> some = new ArrayList<>(Math.min(tasks.size(), TURN));
                while (!tasks.isEmpty() && some.size() < TURN) {
                    some.add(tasks.remove());
                }
                if (some.isEmpty()) {
                    lanes.remove(key);
                }
                return some;
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
                // What was accepted is run: on this thread, which the lane has anyway.
                return false;
            }
        }

        /** The pool has refused the lane; returns whether something is left in it. */
        private boolean giveBackFirst() {
            synchronized (lanes) {
                tasks.remove();
                if (tasks.isEmpty()) {
                    lanes.remove(key);
                    return false;
                }
                return true;
            }
        }
    }
}

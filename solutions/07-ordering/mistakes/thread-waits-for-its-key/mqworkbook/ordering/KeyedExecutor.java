// Mistake:   thread-waits-for-its-key
// Wrong:     Each task takes a thread of the pool, and then waits for the lock of its key.
// Shows as:  One slow order with many changes occupies the whole pool; now and then two of its changes swap places.
// Caught in: step 4
// Says:      "threads that wait for"
package mqworkbook.ordering;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Runs tasks on the threads of a pool: those of one key one after the other, as they came; those of different keys side by
 * side. A key that waits holds no thread.
 *
 * @param <K> the keys; equal ones are one key
 */
public final class KeyedExecutor<K> {

    private final Executor pool;
    private final BiConsumer<K, Throwable> failed;
    private final ConcurrentHashMap<K, ReentrantLock> locks = new ConcurrentHashMap<>();

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
        pool.execute(() -> {
            ReentrantLock lock = locks.computeIfAbsent(key, absent -> new ReentrantLock(true));
            lock.lock();
            try {
                task.run();
            } catch (Throwable e) {
                failed.accept(key, e);
            } finally {
                lock.unlock();
            }
        });
    }
}

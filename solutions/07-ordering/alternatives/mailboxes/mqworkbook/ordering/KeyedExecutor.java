// Alternative: no lock over all keys. Each key has a mailbox, as an actor has; the map decides, key by key, whether a
// task
// comes in time for a mailbox, or makes another. One task in a turn, so that each key waits as long as the next. More
// to get right; worth it when dozens of threads submit.
package mqworkbook.ordering;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final Executor pool;
    private final BiConsumer<K, Throwable> failed;
    private final ConcurrentHashMap<K, Mailbox> mailboxes = new ConcurrentHashMap<>();

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
        boolean[] first = {false};
        Mailbox mailbox = mailboxes.compute(key, (same, present) -> {
            Mailbox box = present == null ? new Mailbox(same) : present;
            first[0] = present == null;
            box.tasks.add(task);
            return box;
        });
        if (!first[0]) {
            return;
        }
        try {
            pool.execute(mailbox);
        } catch (RejectedExecutionException e) {
            mailbox.tasks.remove();
            if (!mailbox.isRemoved()) {
                mailbox.run();
            }
            throw e;
        }
    }

    /** What is to be done for one key. It is in the map as long as it has a thread, or waits for one. */
    private final class Mailbox implements Runnable {

        private final K key;
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

        Mailbox(K key) {
            this.key = key;
        }

        /** One task; then it queues up again, behind the other keys. */
        @Override
        public void run() {
            do {
                Runnable task = tasks.remove();
                try {
                    task.run();
                } catch (Throwable e) {
                    failed.accept(key, e);
                }
                if (isRemoved()) {
                    return;
                }
            } while (!isQueuedUp());
        }

        private boolean isQueuedUp() {
            try {
                pool.execute(this);
                return true;
            } catch (RejectedExecutionException e) {
                return false;
            }
        }

        /** Whether nothing is left to do; then it is out of the map, and the next task makes another. */
        private boolean isRemoved() {
            return mailboxes.computeIfPresent(key, (same, box) -> tasks.isEmpty() ? null : box) == null;
        }
    }
}

package mqworkbook.workbench.judge.guard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.judge.learner.LearnerCode;

/**
 * Runs code on a daemon thread of its own and gives up on it when its time is over. The thread is interrupted then; one that does
 * not end is abandoned, for Java cannot stop an endless loop. Off while a debugger is attached.
 */
public final class HangGuard {

    /** What an interrupted thread is given to come to its end. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private HangGuard() {}

    /** Code that may throw anything. */
    @FunctionalInterface
    public interface Task<T> {
        T run() throws Throwable;
    }

    /**
     * Runs the task. Its thread has the caller's context class loader.
     *
     * @return what the task returns
     * @throws TookTooLong when the task is not over after the limit
     * @throws InterruptedException when the caller is interrupted; the task is, too
     * @throws Throwable what the task throws, unchanged
     */
    public static <T> T run(Task<T> task, Duration limit, LearnerCode learner) throws Throwable {
        if (Debugger.isAttached()) {
            return task.run();
        }
        Worker<T> worker = new Worker<>(task);
        Thread thread = new Thread(worker, "judge");
        thread.setDaemon(true);
        thread.start();
        try {
            if (!worker.over.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                TookTooLong tooLong = StuckCode.describe(thread, limit, learner);
                thread.interrupt();
                worker.over.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
                throw tooLong;
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
        return worker.outcome();
    }

    private static final class Worker<T> implements Runnable {

        private final CountDownLatch over = new CountDownLatch(1);
        private final Task<T> task;
        private T result;
        private Throwable thrown;

        private Worker(Task<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                result = task.run();
            } catch (Throwable failure) {
                thrown = failure;
            } finally {
                over.countDown();
            }
        }

        /** To be asked when the task is over: the latch publishes the fields. */
        private T outcome() throws Throwable {
            if (thrown != null) {
                throw thrown;
            }
            return result;
        }
    }
}

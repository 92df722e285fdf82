package mqworkbook.workbench.judge.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Stands for a learner's class whose methods do not come back. Line numbers in the tests are those of this file. */
final class StuckAnswer {

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile boolean stopped;

    /** Waits for a confirm that never comes. */
    void publish() throws Exception {
        reached.countDown();
        new CompletableFuture<>().get();
    }

    /** Waits, and does not care about being interrupted. */
    void publishStubbornly() {
        reached.countDown();
        while (!stopped) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // What learners write.
            }
        }
    }

    /** Never asks whether it is interrupted. */
    void spin() {
        reached.countDown();
        while (!stopped) {
            Thread.onSpinWait();
        }
    }

    void awaitReached() throws InterruptedException {
        reached.await();
    }

    void stop() {
        stopped = true;
    }
}

package mqworkbook.workbench.judge;

import java.time.Duration;
import java.util.Collection;

/** Ends what a test leaves behind, which the learner's code may make hard: it throws, or does not come back. */
public final class Closing {

    private Closing() {}

    /** Closes on a thread of its own, which keeps nobody from leaving; what is thrown is of no interest any more. */
    public static Thread behind(String name, AutoCloseable one) {
        Thread thread = new Thread(() -> quietly(one), name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, late) -> {});
        thread.start();
        return thread;
    }

    /** Closes here; its exceptions are of no interest, its errors are. */
    public static void quietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception late) {
            // The test is over.
        }
    }

    /** Waits until all of them have ended, together that long at most. */
    public static void await(Collection<Thread> threads, Duration atMost) {
        long limit = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (limit - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package mqworkbook.workbench.judge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs code of the learner's beside the test, so that the test can look at it while it waits. */
public final class Beside {

    private Beside() {}

    /** Begins the work on a thread of its own, which keeps nobody from leaving. */
    public static <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "beside the test");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /**
     * What came of the work; throws what it threw, as it is.
     *
     * @param late is thrown when the work does not end in time
     */
    public static <T> T result(CompletableFuture<T> work, Duration atMost, Supplier<? extends Error> late)
            throws Exception {
        try {
            return work.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Problems.throwIfAny();
            throw late.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}

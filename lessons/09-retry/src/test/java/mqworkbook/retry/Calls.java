package mqworkbook.retry;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.judge.Wrong;

/** Calls of the learner's code that may not come back. */
final class Calls {

    /** A thread of its own for each task, which the end of the JVM does not wait for. */
    static final Executor DAEMON = task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    };

    private Calls() {}

    static <T> CompletableFuture<T> background(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        DAEMON.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** The result of what runs in the background, or what it threw. */
    static <T> T await(CompletableFuture<T> running, String call) throws Exception {
        try {
            return running.get(Desk.SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw unchecked(e.getCause());
        } catch (TimeoutException e) {
            throw Wrong.that(call + " does not come back").seen("after " + Desk.SOON.toSeconds() + " s it still waits");
        }
    }

    /** Something that is done with each. */
    @FunctionalInterface
    interface Work<T> {
        void on(T each) throws Exception;
    }

    /** Does the work on all at the same time; throws what the first of them has thrown. */
    static <T> void sideBySide(List<T> all, Work<T> work) throws Exception {
        List<CompletableFuture<Void>> running = all.stream()
                .map(each -> background(() -> {
                    work.on(each);
                    return (Void) null;
                }))
                .toList();
        // Whatever waits in the work has a limit of its own; nothing of it goes on behind the test.
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .handle((nothing, thrown) -> nothing)
                .get();
        for (CompletableFuture<Void> each : running) {
            await(each, "the work");
        }
    }

    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}

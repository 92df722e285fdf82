package mqworkbook.retry;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Wrong;

/** Calls of the learner's code that may not come back. */
final class Calls {

    private Calls() {}

    /** What the call returns or throws; it has to come back soon. */
    static <T> T await(Callable<T> work, String call) throws Exception {
        return await(Beside.run(work), call);
    }

    /** The same for a call that goes on already. */
    static <T> T await(CompletableFuture<T> running, String call) throws Exception {
        return Beside.result(
                running,
                Desk.SOON,
                () -> Wrong.that(call + " does not come back")
                        .seen("after " + Desk.SOON.toSeconds() + " s it still waits"));
    }

    /** Something that is done with each. */
    @FunctionalInterface
    interface Work<T> {
        void on(T each) throws Exception;
    }

    /** Does the work on all at the same time; throws what the first of them has thrown. */
    static <T> void sideBySide(List<T> all, Work<T> work) throws Exception {
        List<CompletableFuture<Void>> running = all.stream()
                .map(each -> Beside.run(() -> {
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
}

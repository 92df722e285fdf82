package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A pool that is full: who was told no never runs, and who was not does. */
abstract class Step4Refusals {

    static final int THREADS = 3;

    /** More than anybody does in one go. */
    private static final int MANY = 2_000;

    /** A thread may wait for something else for a moment. */
    private static final int LOOKS = 10;

    final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void shutDown() {
        pool.shutdownNow();
    }

    @Test
    @Order(9)
    @DisplayName("what was accepted runs, also when the pool is full by then")
    void acceptedAndThenFull() {
        AtomicBoolean full = new AtomicBoolean();
        KeyedExecutor<String> executor = executor(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("the pool is full");
            }
            pool.execute(task);
        });
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> run = Collections.synchronizedList(new ArrayList<>());
        List<Integer> accepted = new ArrayList<>();
        executor.execute("A", () -> Step4Parallel.awaitQuietly(release));
        for (int number = 1; number <= MANY; number++) {
            int task = number;
            executor.execute("A", () -> run.add(task));
            accepted.add(task);
        }
        full.set(true);
        release.countDown();
        expectRun("all that was accepted", run, accepted, "the pool took no more when A1 ended");
    }

    @Test
    @Order(10)
    @DisplayName("a task that comes while the pool refuses the one before it is not lost")
    void joinedWhileRefused() throws Exception {
        CountDownLatch refusing = new CountDownLatch(1);
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        AtomicReference<Thread> other = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        KeyedExecutor<String> executor = executor(task -> {
            if (calls.getAndIncrement() == 0) {
                refusing.countDown();
                awaitAnswered(second, other);
                throw new RejectedExecutionException("the pool is full");
            }
            pool.execute(task);
        });
        List<Integer> run = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Boolean> first = Beside.run(() -> isAccepted(executor, () -> run.add(1)));
        Eventually.within(Shop.SOON)
                .until("the pool is asked, or the caller told", () -> refusing.getCount() == 0 || first.isDone())
                .orElse(() -> Wrong.that("execute() does not return"));
        Beside.run(() -> {
            other.set(Thread.currentThread());
            return second.complete(isAccepted(executor, () -> run.add(2)));
        });
        List<Integer> accepted = new ArrayList<>();
        if (Beside.result(first, Shop.SOON, () -> Wrong.that("execute() does not return"))) {
            accepted.add(1);
        }
        if (Beside.result(second, Shop.SOON, () -> Wrong.that("execute() does not return"))) {
            accepted.add(2);
        }
        expectRun("what was accepted", run, accepted, "A2 came while the pool refused A1");
    }

    private static void expectRun(String what, List<Integer> run, List<Integer> accepted, String when) {
        Eventually.within(Shop.SOON)
                .until(what + " has run", () -> run.size() >= accepted.size())
                .orElse(() -> Wrong.that("A task that was accepted has not run")
                        .seen(run.size() + " of " + accepted.size() + " tasks of A have run; " + when)
                        .means("execute() has returned: nobody tries that change again, and its order stands still.")
                        .suspect("a key that is given up with all that waits in it, when the pool rejects"));
        if (!List.copyOf(run).equals(accepted)) {
            throw Wrong.that("A task was begun before an earlier one of its key, or ran though it was rejected")
                    .seen("accepted were " + accepted.size() + " tasks of A, the first are " + head(accepted)
                            + "; run have " + head(run));
        }
    }

    private static List<Integer> head(List<Integer> tasks) {
        return tasks.subList(0, Math.min(tasks.size(), 5));
    }

    private static KeyedExecutor<String> executor(Executor pool) {
        return new KeyedExecutor<>(pool, (key, e) -> {
            // That the pool was full may be told as well.
        });
    }

    private static boolean isAccepted(KeyedExecutor<String> executor, Runnable task) {
        try {
            executor.execute("A", task);
            return true;
        } catch (RejectedExecutionException refused) {
            return false;
        }
    }

    /** Waits until the other caller has its answer; where a lock is held while the pool is called, until it waits for that. */
    private static void awaitAnswered(CompletableFuture<Boolean> answer, AtomicReference<Thread> caller) {
        AtomicInteger waiting = new AtomicInteger();
        Eventually.within(Shop.SOON)
                .until("the other caller has its answer, or waits", () -> {
                    Thread other = caller.get();
                    boolean waits = other != null && other.getState() != Thread.State.RUNNABLE;
                    waiting.set(waits ? waiting.get() + 1 : 0);
                    return answer.isDone() || waiting.get() >= LOOKS;
                })
                .orElse(() -> Wrong.that("execute() does not return"));
    }
}

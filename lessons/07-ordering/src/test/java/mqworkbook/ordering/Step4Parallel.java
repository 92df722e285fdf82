package mqworkbook.ordering;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step4Parallel extends Step4Refusals {

    private static final int MEET_SECONDS = 3;

    @Test
    @Order(1)
    @DisplayName("as many keys as there are threads meet at a barrier")
    void sideBySide() throws Exception {
        KeyedExecutor<String> executor = executor();
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<CompletableFuture<Integer>> met = new ArrayList<>();
        for (int key = 0; key < THREADS; key++) {
            CompletableFuture<Integer> done = new CompletableFuture<>();
            met.add(done);
            executor.execute("O-" + key, () -> {
                try {
                    done.complete(barrier.await(MEET_SECONDS, TimeUnit.SECONDS));
                } catch (Exception e) {
                    done.completeExceptionally(notParallel());
                }
            });
        }
        for (CompletableFuture<Integer> each : met) {
            Beside.result(each, Shop.SOON, Step4Parallel::notParallel);
        }
    }

    private static Wrong notParallel() {
        return Wrong.that("A thread is idle while another key is ready")
                .seen("tasks of " + THREADS + " keys should be at work at the same time, on " + THREADS
                        + " threads; they never met")
                .means("Orders wait for others that have nothing to do with them.")
                .suspect("one lock for all keys, or one thread for several keys");
    }

    @Test
    @Order(2)
    @DisplayName("a task that waits for its key holds no thread, and its thread goes to another key")
    void waitsWithoutAThread() {
        Floor floor = new Floor(pool, THREADS);
        try {
            // Three of one key, and two others; the first two keys have one hash code.
            for (String key : List.of("Aa", "Aa", "Aa", "BB", "C")) {
                floor.submit(key, false);
            }
            floor.expectBusy();
            floor.finish();
        } finally {
            floor.releaseAll();
        }
    }

    @Test
    @Order(3)
    @DisplayName("a task that throws or is rejected is told, and does not take its key with it")
    void throwsOrIsRejected() {
        AtomicInteger calls = new AtomicInteger();
        Floor floor = new Floor(
                task -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new RejectedExecutionException("the pool is full");
                    }
                    pool.execute(task);
                },
                THREADS);
        try {
            floor.submit("A", false);
            floor.submit("A", true);
            floor.submit("A", false);
            floor.expectBusy();
            floor.end(0);
            floor.expectBusy();
            floor.finish();
        } finally {
            floor.releaseAll();
        }
    }

    @TestFactory
    @Order(4)
    @DisplayName("for any tasks, failures and rejections")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(KeyedExecutorProperties.class);
    }

    @Test
    @Order(5)
    @DisplayName("whoever submits from many threads at once loses no task, and keeps the order of its own")
    void storm() throws Exception {
        for (int round = 0; round < 10; round++) {
            Storm storm = new Storm(executor());
            List<CompletableFuture<Void>> submitters = new ArrayList<>();
            for (int submitter = 0; submitter < Storm.SUBMITTERS; submitter++) {
                int number = submitter;
                submitters.add(Beside.run(() -> {
                    storm.submitAll(number);
                    return null;
                }));
            }
            for (CompletableFuture<Void> each : submitters) {
                Beside.result(each, Shop.SOON, () -> Wrong.that("execute() does not return"));
            }
            storm.expectAll();
        }
    }

    @Test
    @Order(6)
    @DisplayName("keys that have nothing to do any more are forgotten, rejected ones too")
    void forgotten() throws Exception {
        int count = 1_000;
        AtomicBoolean full = new AtomicBoolean();
        KeyedExecutor<Object> executor = new KeyedExecutor<>(
                task -> {
                    if (full.get()) {
                        throw new RejectedExecutionException("the pool is full");
                    }
                    pool.execute(task);
                },
                (key, e) -> {});
        List<WeakReference<Object>> keys = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(count);
        for (int number = 0; number < 2 * count; number++) {
            Object key = new Object();
            keys.add(new WeakReference<>(key));
            full.set(number % 2 == 1);
            try {
                executor.execute(key, done::countDown);
            } catch (RejectedExecutionException expected) {
                // Half of them.
            }
        }
        if (!done.await(MEET_SECONDS, TimeUnit.SECONDS)) {
            throw Wrong.that("A task that was accepted has not run").seen(done.getCount() + " of " + count);
        }
        Eventually.within(Shop.SOON)
                .until("the keys are forgotten", () -> {
                    System.gc();
                    // A thread may still have one at hand.
                    return held(keys) <= 2 * THREADS;
                })
                .orElse(() -> Wrong.that("Keys that have nothing to do any more are never forgotten")
                        .seen("all tasks have ended, or were rejected; of " + keys.size() + " keys " + held(keys)
                                + " are still held")
                        .means("An order has a new id. After some million orders the memory is full.")
                        .suspect("a map from which nobody removes, or not after a rejection"));
        // Until here: who is not reachable holds nothing.
        java.lang.ref.Reference.reachabilityFence(executor);
    }

    private static long held(List<WeakReference<Object>> keys) {
        return keys.stream().filter(key -> key.get() != null).count();
    }

    @Test
    @Order(7)
    @DisplayName("a busy key does not keep the others from their turn")
    void fair() {
        ExecutorService single = Executors.newSingleThreadExecutor();
        try {
            KeyedExecutor<String> executor = new KeyedExecutor<>(single, Step4Parallel::failed);
            AtomicBoolean otherHasRun = new AtomicBoolean();
            AtomicInteger turns = new AtomicInteger();
            CountDownLatch submitted = new CountDownLatch(1);
            executor.execute("busy", new Runnable() {
                @Override
                public void run() {
                    awaitQuietly(submitted);
                    if (!otherHasRun.get() && turns.incrementAndGet() < 100_000) {
                        executor.execute("busy", this);
                    }
                }
            });
            executor.execute("other", () -> otherHasRun.set(true));
            submitted.countDown();
            Eventually.within(Shop.SOON)
                    .until("the other key has its turn", () -> otherHasRun.get())
                    .orElse(() -> Wrong.that("A task that was accepted has not run"));
            if (turns.get() >= 100_000) {
                throw Wrong.that("A busy key keeps all others from their turn")
                        .seen("on one thread, 100000 tasks of one key ran before the first of another, which was there"
                                + " from the beginning")
                        .means("One wholesale customer's order with ten thousand changes stops the shop.")
                        .suspect("a key that keeps its thread as long as it has something to do");
            }
        } finally {
            single.shutdownNow();
        }
    }

    @Test
    @Order(8)
    @DisplayName("when the pool has tasks run by the caller, other callers do not wait")
    void callerRuns() throws Exception {
        KeyedExecutor<String> executor = new KeyedExecutor<>(Runnable::run, Step4Parallel::failed);
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> run = java.util.Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> first = Beside.run(() -> {
            executor.execute("A", () -> {
                run.add("A1");
                // From within: it has its turn when this one has ended.
                executor.execute("A", () -> run.add("A2"));
                atWork.countDown();
                awaitQuietly(release);
                run.add("end of A1");
            });
            return null;
        });
        if (!atWork.await(MEET_SECONDS, TimeUnit.SECONDS)) {
            Problems.throwIfAny();
            throw Wrong.that("A task that submits another one of its own key waits for itself")
                    .seen("begun so far: " + run);
        }
        CompletableFuture<Void> other = Beside.run(() -> {
            executor.execute("B", () -> run.add("B1"));
            return null;
        });
        Beside.result(
                other,
                java.time.Duration.ofSeconds(MEET_SECONDS),
                () -> Wrong.that("A thread is idle while another key is ready")
                        .seen("A1 is at work on its caller's thread; the caller of B1 waits for it")
                        .means("With CallerRunsPolicy, the usual brake, one slow order stops all callers.")
                        .suspect("a lock that is held while the pool is called"));
        release.countDown();
        Beside.result(first, Shop.SOON, () -> Wrong.that("execute() does not return"));
        if (!run.equals(List.of("A1", "B1", "end of A1", "A2"))) {
            throw Wrong.that("A task was begun before an earlier one of its key")
                    .seen(run.toString());
        }
    }

    private KeyedExecutor<String> executor() {
        return new KeyedExecutor<>(pool, Step4Parallel::failed);
    }

    private static void failed(Object key, Throwable e) {
        Problems.report("A task of " + key + " has failed", e);
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many tasks from many threads, on few keys. */
    private static final class Storm {

        private static final int SUBMITTERS = 4;
        private static final int TASKS = 400;
        private static final int KEYS = 5;

        private final KeyedExecutor<String> executor;
        private final Map<String, AtomicInteger> atWork = new ConcurrentHashMap<>();
        private final Map<String, Integer> last = new ConcurrentHashMap<>();
        private final CountDownLatch open = new CountDownLatch(SUBMITTERS * TASKS);
        private volatile Wrong wrong;

        Storm(KeyedExecutor<String> executor) {
            this.executor = executor;
            for (int key = 0; key < KEYS; key++) {
                atWork.put("O-" + key, new AtomicInteger());
            }
        }

        private void submitAll(int submitter) {
            for (int number = 0; number < TASKS; number++) {
                int task = number;
                String key = "O-" + number % KEYS;
                executor.execute(key, () -> run(submitter, key, task));
            }
        }

        private void run(int submitter, String key, int task) {
            if (atWork.get(key).getAndIncrement() > 0) {
                wrong = Wrong.that("Two tasks of one key run at the same time").seen("key " + key);
            }
            Integer before = last.put(submitter + " at " + key, task);
            if (before != null && before > task) {
                wrong = Wrong.that("A task was begun before an earlier one of its key")
                        .seen("submitted by one thread for " + key + ": task " + task + " ran after task " + before);
            }
            atWork.get(key).decrementAndGet();
            open.countDown();
        }

        private void expectAll() throws InterruptedException {
            boolean all = open.await(MEET_SECONDS, TimeUnit.SECONDS);
            if (wrong != null) {
                throw wrong;
            }
            if (!all) {
                throw Wrong.that("A task that was accepted has not run")
                        .seen(open.getCount() + " of " + SUBMITTERS * TASKS + " have not, from " + SUBMITTERS
                                + " threads at once")
                        .suspect("a lane that is taken away between the look that it is empty and the removal");
            }
        }
    }
}

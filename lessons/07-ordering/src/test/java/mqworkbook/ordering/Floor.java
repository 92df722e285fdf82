package mqworkbook.ordering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import mqworkbook.workbench.judge.Wrong;

/** Tasks that run until they are told to end, under the executor that is judged. Used by one submitting thread. */
final class Floor {

    private static final long LIMIT_MILLIS = 3_000;

    private final KeyedExecutor<String> executor;
    private final int threads;
    private final Map<String, Deque<Task>> unfinished = new TreeMap<>();
    private final List<Task> running = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> mustBeTold = new ArrayList<>();
    private int tasks;
    private Wrong wrong;

    /**
     * An empty floor.
     *
     * @param pool where the executor's tasks run
     * @param threads how many threads it has
     */
    Floor(Executor pool, int threads) {
        this.executor = new KeyedExecutor<>(pool, this::failed);
        this.threads = threads;
    }

    /** Submits a task; one that is rejected must never run. */
    void submit(String key, boolean failing) {
        Task task;
        synchronized (this) {
            task = new Task(key + ++tasks, key, failing);
            unfinished.computeIfAbsent(key, absent -> new ArrayDeque<>()).addLast(task);
        }
        try {
            executor.execute(key, task);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                task.rejected = true;
                remove(task);
            }
        }
    }

    /** Ends one of those that run, if any does. */
    void end(int which) {
        Task task;
        synchronized (this) {
            if (running.isEmpty()) {
                return;
            }
            task = running.get(which % running.size());
        }
        task.end.countDown();
        awaitThat(() -> !running.contains(task), () -> Wrong.that("A task that has ended is still at work"));
    }

    /** As many run as can: one of each key that has something to do, up to the number of threads. */
    void expectBusy() {
        awaitThat(() -> running.size() == Math.min(threads, unfinished.size()), this::idle);
    }

    private Wrong idle() {
        return Wrong.that("A thread is idle while another key is ready")
                .seen(running.size() + " of " + threads + " threads are at work, at " + running + "; waiting are "
                        + unfinished.values().stream()
                                .flatMap(Deque::stream)
                                .filter(task -> !running.contains(task))
                                .toList())
                .means("Orders wait for others that have nothing to do with them, or for ever.")
                .suspect("threads that wait for their key, one thread for many keys, one lock; or a task that threw or"
                        + " was rejected, and took its key with it");
    }

    /** Ends everything; all that was accepted has run then, and each failure was told. */
    void finish() {
        while (true) {
            expectBusy();
            synchronized (this) {
                if (unfinished.isEmpty()) {
                    break;
                }
            }
            end(0);
        }
        awaitThat(() -> told.size() >= mustBeTold.size(), this::untold);
        synchronized (this) {
            if (!told.stream()
                    .sorted()
                    .toList()
                    .equals(mustBeTold.stream().sorted().toList())) {
                throw untold();
            }
        }
    }

    private Wrong untold() {
        return Wrong.that("A task has failed, and nobody is told")
                .seen("failed have " + mustBeTold + "; told was of " + told)
                .means("A payment was not booked, and there is not even a line in a log.");
    }

    private void failed(String key, Throwable e) {
        synchronized (this) {
            told.add(e.getMessage());
            notifyAll();
        }
    }

    private void remove(Task task) {
        Deque<Task> ofKey = unfinished.get(task.key);
        ofKey.remove(task);
        if (ofKey.isEmpty()) {
            unfinished.remove(task.key);
        }
    }

    private synchronized void awaitThat(
            java.util.function.BooleanSupplier condition, java.util.function.Supplier<Wrong> late) {
        long giveUp = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        try {
            while (!condition.getAsBoolean()) {
                throwWrong();
                long left = (giveUp - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw late.get();
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throwWrong();
    }

    private void throwWrong() {
        if (wrong != null) {
            throw wrong;
        }
    }

    /** Lets everything end, whatever has happened. */
    synchronized void releaseAll() {
        unfinished.values().forEach(ofKey -> ofKey.forEach(task -> task.end.countDown()));
        running.forEach(task -> task.end.countDown());
    }

    private final class Task implements Runnable {

        private final String name;
        private final String key;
        private final boolean failing;
        private final CountDownLatch end = new CountDownLatch(1);
        private boolean rejected;

        Task(String name, String key, boolean failing) {
            this.name = name;
            this.key = key;
            this.failing = failing;
        }

        @Override
        public void run() {
            begin();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (Floor.this) {
                running.remove(this);
                remove(this);
                if (failing) {
                    mustBeTold.add(name + " has failed");
                }
                Floor.this.notifyAll();
            }
            if (failing) {
                // An error ends a thread that expects none.
                throw new AssertionError(name + " has failed");
            }
        }

        private void begin() {
            synchronized (Floor.this) {
                Task first = unfinished.containsKey(key) ? unfinished.get(key).peekFirst() : null;
                if (rejected) {
                    blame(Wrong.that("A task that was rejected has run all the same")
                            .seen(name));
                } else if (running.stream().anyMatch(other -> other.key.equals(key))) {
                    blame(Wrong.that("Two tasks of one key run at the same time")
                            .seen(name + " was begun while " + running + " were at work")
                            .means("Both look where the order stands, and the slower one has the last word."));
                } else if (first != this) {
                    blame(Wrong.that("A task was begun before an earlier one of its key")
                            .seen(name + " was begun, and " + first + " has not run yet")
                            .means("The order is shipped before it is paid.")
                            .suspect("threads that wait for a lock get it in any order"));
                }
                running.add(this);
                Floor.this.notifyAll();
            }
        }

        private void blame(Wrong found) {
            if (wrong == null) {
                wrong = found;
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

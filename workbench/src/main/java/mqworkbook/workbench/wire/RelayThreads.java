package mqworkbook.workbench.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The daemon threads of one relay, known by name and joined at its end. */
final class RelayThreads {

    private final String prefix;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    RelayThreads(String prefix) {
        this.prefix = prefix;
    }

    /** Starts a thread. Called before {@link #join} or by one of these threads, so that none is missed there. */
    void start(String label, Runnable work) {
        Thread thread = new Thread(work, prefix + label);
        thread.setDaemon(true);
        thread.start();
        threads.removeIf(other -> !other.isAlive());
        threads.add(thread);
    }

    /**
     * Waits until all have ended, apart from the calling thread.
     *
     * @throws IllegalStateException when one does not end in time; it tells where that one is
     */
    void join(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (Thread thread = next(); thread != null; thread = next()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new IllegalStateException(stuck(thread));
            }
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for thread " + thread.getName(), e);
            }
        }
    }

    private Thread next() {
        return threads.stream()
                .filter(thread -> thread.isAlive() && thread != Thread.currentThread())
                .findAny()
                .orElse(null);
    }

    private static String stuck(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return "Thread " + thread.getName() + " does not end" + (stack.length == 0 ? "" : "; it is at " + stack[0]);
    }
}

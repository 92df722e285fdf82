package mqworkbook.workbench.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The histories of the fixtures that were closed last in this JVM, for whoever looks into a failed run. */
public final class Histories {

    /** Of a failed test and what came right before it; a whole suite's would fill the memory. */
    private static final int MOST = 20;

    private static final Deque<Kept> LATEST = new ArrayDeque<>();

    private Histories() {}

    /**
     * A history that is complete.
     *
     * @param name tells fixtures apart: the prefix of everything that the test declared
     * @param closed {@link System#nanoTime()} when it was closed
     */
    public record Kept(String name, long closed, History history) {}

    /** Keeps a history, and forgets the oldest where there are too many. */
    public static void keep(String name, History history) {
        synchronized (LATEST) {
            if (LATEST.size() == MOST) {
                LATEST.removeFirst();
            }
            LATEST.addLast(new Kept(name, System.nanoTime(), history));
        }
    }

    /**
     * What was closed since then, the oldest first.
     *
     * @param nanoTime a value of {@link System#nanoTime()}
     */
    public static List<Kept> since(long nanoTime) {
        synchronized (LATEST) {
            return LATEST.stream().filter(kept -> kept.closed() - nanoTime >= 0).toList();
        }
    }
}

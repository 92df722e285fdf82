package mqworkbook.workbench.story;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.history.History;

/** The recordings of the fixtures that are open in this JVM or were closed last, for whoever looks into a failed run. */
public final class Recordings {

    /** Of a failed test and what came right before it; a whole suite's would fill the memory. */
    private static final int MOST = 20;

    /** A test has no more fixtures than there are products. */
    private static final int MOST_WITH_WIRE = BrokerKind.values().length + 2;

    private static final Deque<Recording> LATEST = new ArrayDeque<>();

    private Recordings() {}

    /** Begins one, and forgets the oldest where there are too many. */
    public static Recording begin(String prefix, BrokerKind broker, History history) {
        Recording recording = new Recording(prefix, broker, history);
        synchronized (LATEST) {
            if (LATEST.size() == MOST) {
                Recording oldest = LATEST.stream()
                        .filter(kept -> !kept.isOpen())
                        .findFirst()
                        .orElse(LATEST.getFirst());
                LATEST.remove(oldest);
            }
            LATEST.addLast(recording);
            List<Recording> closed =
                    LATEST.stream().filter(kept -> !kept.isOpen()).toList();
            closed.stream().limit(Math.max(0, closed.size() - MOST_WITH_WIRE)).forEach(Recording::forgetWire);
        }
        return recording;
    }

    /**
     * What was closed since then, the oldest first.
     *
     * @param nanoTime a value of {@link System#nanoTime()}
     */
    public static List<Recording> closedSince(long nanoTime) {
        synchronized (LATEST) {
            return LATEST.stream().filter(kept -> kept.isClosedSince(nanoTime)).toList();
        }
    }

    /** What is open, or was closed since then. */
    static List<Recording> since(long nanoTime) {
        synchronized (LATEST) {
            List<Recording> found = new ArrayList<>(LATEST);
            found.removeIf(kept -> !kept.isOpen() && !kept.isClosedSince(nanoTime));
            return found;
        }
    }
}

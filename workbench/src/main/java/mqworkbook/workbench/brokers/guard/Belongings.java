package mqworkbook.workbench.brokers.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a run owns: processes are ended first, then containers, then folders removed. Safe for several threads. */
final class Belongings {

    private static final Duration ROUND = Duration.ofMillis(20);

    private final Map<String, Belonging> owned = new LinkedHashMap<>();

    synchronized void add(Belonging belonging) {
        owned.put(belonging.line(), belonging);
    }

    synchronized void remove(Belonging belonging) {
        owned.remove(belonging.line());
    }

    /** What it takes to tell another guardian the same. */
    synchronized List<Belonging> all() {
        return new ArrayList<>(owned.values());
    }

    /** Ends and removes everything; gives up after {@code patience}. */
    void clear(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<Belonging> left = all();
        while (!left.isEmpty() && System.nanoTime() < end) {
            clearInOrder(left);
            left.removeIf(Belonging::gone);
            if (!left.isEmpty() && !pause()) {
                return;
            }
        }
    }

    /** Leaves containers to somebody else for so long; returns as soon as there are none. */
    void awaitContainersGone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<Belonging> containers = all();
        containers.removeIf(each -> !(each instanceof OwnedContainer));
        while (System.nanoTime() < end && !containers.stream().allMatch(Belonging::gone) && pause()) {
            // Somebody else is at it.
        }
    }

    private static void clearInOrder(List<Belonging> left) {
        boolean processes = false;
        for (Belonging each : left) {
            if (each instanceof OwnedProcess) {
                each.clear();
                processes = true;
            }
        }
        for (Belonging each : left) {
            // A folder is not touched while its process may still write there.
            if (!(each instanceof OwnedProcess) && !(processes && each instanceof OwnedFolder)) {
                each.clear();
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(ROUND.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

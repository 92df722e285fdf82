// Mistake:   twins-taken-for-one
// Wrong:     A line that is already waiting is not put in a second time.
// Shows as:  A loop that fails a hundred times looks as if it had failed once.
// Caught in: step 1
// Says:      "does not tell how many lines wait"
package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;

/** Lines that wait to be sent, at most as many as it has room for. Many threads put lines in, one takes them out. */
public final class LineBuffer {

    private final int capacity;
    /** One queue for each level, so that nobody has to look for a line that can give way. */
    private final List<Deque<Waiting>> levels = Stream.of(Level.values())
            .<Deque<Waiting>>map(level -> new ArrayDeque<>())
            .toList();

    private int size;
    private long numbers;

    /** A line, and its number in the order in which lines came. */
    private record Waiting(long number, LogLine line) {}

    public LineBuffer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Puts a line in. Never waits. When there is no room, a line of the lowest level gives way: one that waits, or the new
     * one.
     *
     * @return the line that has no place any more; empty when all have one
     */
    public synchronized Optional<LogLine> offer(LogLine line) {
        Optional<LogLine> refused = Optional.empty();
        if (levels.get(line.level().ordinal()).stream()
                .anyMatch(other -> other.line().equals(line))) {
            return refused;
        }
        if (size == capacity) {
            refused = giveWayTo(line);
            if (refused.isEmpty()) {
                return Optional.of(line);
            }
        }
        levels.get(line.level().ordinal()).addLast(new Waiting(numbers++, line));
        if (size++ == 0) {
            notifyAll();
        }
        return refused;
    }

    /**
     * Takes lines out, in the order in which they came in.
     *
     * @param most how many at most
     * @param atMost how long to wait for the first
     * @return empty when none came in time
     */
    public synchronized List<LogLine> take(int most, Duration atMost) throws InterruptedException {
        long giveUp = System.nanoTime() + atMost.toNanos();
        while (size == 0) {
            long left = giveUp - System.nanoTime();
            if (left <= 0) {
                return List.of();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        List<LogLine> taken = new ArrayList<>(Math.min(most, size));
        while (size > 0 && taken.size() < most) {
            taken.add(oldest().removeFirst().line());
            size--;
        }
        return taken;
    }

    /** How many lines wait. */
    public synchronized int size() {
        return size;
    }

    /** The oldest line below the new one's level, lowest level first; empty when all that wait matter as much as it. */
    private Optional<LogLine> giveWayTo(LogLine line) {
        for (int level = 0; level < line.level().ordinal(); level++) {
            if (!levels.get(level).isEmpty()) {
                size--;
                return Optional.of(levels.get(level).removeFirst().line());
            }
        }
        return Optional.empty();
    }

    /** The queue of the oldest line; there is one. */
    private Deque<Waiting> oldest() {
        Deque<Waiting> oldest = null;
        for (Deque<Waiting> level : levels) {
            if (!level.isEmpty()
                    && (oldest == null
                            || level.getFirst().number() < oldest.getFirst().number())) {
                oldest = level;
            }
        }
        return oldest;
    }
}

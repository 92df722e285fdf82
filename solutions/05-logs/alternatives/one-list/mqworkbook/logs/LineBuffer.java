// Alternative: one list, which is searched when there is no room, and the newest line of the lowest level gives way, so
// that
// the begin of an outage is what remains. Less to keep in step; each refusal costs a walk through the buffer, so for
// small
// buffers.
package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;

/** Lines that wait to be sent, at most as many as it has room for. Many threads put lines in, one takes them out. */
public final class LineBuffer {

    private final int capacity;
    private final List<LogLine> lines = new LinkedList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();

    public LineBuffer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Puts a line in. Never waits. When there is no room, a line of the lowest level gives way: one that waits, or the new
     * one.
     *
     * @return the line that has no place any more; empty when all have one
     */
    public Optional<LogLine> offer(LogLine line) {
        lock.lock();
        try {
            lines.add(line);
            notEmpty.signal();
            return lines.size() > capacity ? Optional.of(removeNewestOfLowest()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes lines out, in the order in which they came in.
     *
     * @param most how many at most
     * @param atMost how long to wait for the first
     * @return empty when none came in time
     */
    public List<LogLine> take(int most, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (lines.isEmpty() && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            List<LogLine> head = lines.subList(0, Math.min(most, lines.size()));
            List<LogLine> taken = new ArrayList<>(head);
            head.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How many lines wait. */
    public int size() {
        lock.lock();
        try {
            return lines.size();
        } finally {
            lock.unlock();
        }
    }

    private LogLine removeNewestOfLowest() {
        Level lowest = lines.stream()
                .map(LogLine::level)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        ListIterator<LogLine> from = lines.listIterator(lines.size());
        while (from.hasPrevious()) {
            LogLine line = from.previous();
            if (line.level() == lowest) {
                from.remove();
                return line;
            }
        }
        throw new IllegalStateException("The lowest level is that of a line");
    }
}

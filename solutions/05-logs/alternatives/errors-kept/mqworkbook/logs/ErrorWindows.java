// Alternative: the errors are kept, and not their number. So a window could slide, and an alert could show its lines.
// The memory
// grows with the errors, which are most when everything is down.
package mqworkbook.logs;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;

/**
 * Counts the errors of one partition in windows of the lines' own time, for each application: from 0 to the window's
 * length, from there to twice the length, and so on. A window's end belongs to the next one. Used by one thread.
 */
public final class ErrorWindows {

    private final int threshold;
    private final long windowMillis;
    private final long latenessMillis;
    /** The errors whose windows are not over, by offset. */
    private final NavigableMap<Long, Alert> errors = new TreeMap<>();

    private long newest = Long.MIN_VALUE;
    private long next;

    /**
     * No errors yet.
     *
     * @param threshold how many errors of an application in one window are an alert
     * @param lateness how far a line may lie behind the newest of its partition, by their own times; none comes later
     */
    public ErrorWindows(int threshold, Duration window, Duration lateness) {
        this.threshold = threshold;
        this.windowMillis = window.toMillis();
        this.latenessMillis = lateness.toMillis();
    }

    /**
     * The partition's next line, in the order of the log. A line that it has seen before changes nothing.
     *
     * @return an alert when it is this line that makes the threshold full
     */
    public Optional<Alert> add(long offset, LogLine line) {
        if (offset < next) {
            return Optional.empty();
        }
        next = offset + 1;
        newest = Math.max(newest, line.time());
        errors.values().removeIf(window -> newest >= window.from() + windowMillis + latenessMillis);
        if (line.level() != Level.ERROR) {
            return Optional.empty();
        }
        Alert window = new Alert(line.app(), line.time() - Math.floorMod(line.time(), windowMillis));
        errors.put(offset, window);
        long count = errors.values().stream().filter(window::equals).count();
        return count == threshold ? Optional.of(window) : Optional.empty();
    }

    /**
     * The offset from which a successor has to read, so that it misses no alert of those that are still to come: that of the
     * first error in a window which is not over, or the next offset when there is none. 0 before the first line.
     */
    public long replayFrom() {
        return errors.isEmpty() ? next : errors.firstKey();
    }
}

// Mistake:   alert-for-each-further-error
// Wrong:     count >= threshold: each further error is an alert.
// Shows as:  The pager gets a thousand calls a second.
// Caught in: step 4
// Says:      "again and again"
package mqworkbook.logs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
    /** The windows that are not over; the alert is the name of a window. */
    private final Map<Alert, Window> open = new HashMap<>();

    private long newest = Long.MIN_VALUE;
    private long next;

    /** What is known of a window: where its first error lies, and how many there are. */
    private record Window(long firstOffset, int errors) {}

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
        if (line.time() > newest) {
            newest = line.time();
            open.keySet().removeIf(window -> window.from() + windowMillis <= newest - latenessMillis);
        }
        if (line.level() != Level.ERROR) {
            return Optional.empty();
        }
        Alert name = new Alert(line.app(), Math.floorDiv(line.time(), windowMillis) * windowMillis);
        Window window = open.merge(
                name,
                new Window(offset, 1),
                (before, one) -> new Window(before.firstOffset(), before.errors() + one.errors()));
        return window.errors() >= threshold ? Optional.of(name) : Optional.empty();
    }

    /**
     * The offset from which a successor has to read, so that it misses no alert of those that are still to come: that of the
     * first error in a window which is not over, or the next offset when there is none. 0 before the first line.
     */
    public long replayFrom() {
        return open.values().stream().mapToLong(Window::firstOffset).min().orElse(next);
    }
}

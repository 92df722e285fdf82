package mqworkbook.logs;

import java.time.Duration;
import java.util.Optional;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.judge.Todo;

/**
 * Counts the errors of one partition in windows of the lines' own time, for each application: from 0 to the window's
 * length, from there to twice the length, and so on. A window's end belongs to the next one. Used by one thread.
 */
public final class ErrorWindows {

    private final int threshold;
    private final long windowMillis;
    private final long latenessMillis;

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
        throw new Todo(4, "Count the error in its window, and tell when it is one too many.");
    }

    /**
     * The offset from which a successor has to read, so that it misses no alert of those that are still to come: that of the
     * first error in a window which is not over, or the next offset when there is none. 0 before the first line.
     */
    public long replayFrom() {
        throw new Todo(4, "Tell from where a successor has to read to know what is still counted.");
    }
}

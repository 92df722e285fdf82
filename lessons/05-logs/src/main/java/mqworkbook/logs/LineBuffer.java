package mqworkbook.logs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.judge.Todo;

/** Lines that wait to be sent, at most as many as it has room for. Many threads put lines in, one takes them out. */
public final class LineBuffer {

    private final int capacity;

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
        throw new Todo(1, "Take the line; when there is no room, let one of the lowest level give way.");
    }

    /**
     * Takes lines out, in the order in which they came in.
     *
     * @param most how many at most
     * @param atMost how long to wait for the first
     * @return empty when none came in time
     */
    public List<LogLine> take(int most, Duration atMost) throws InterruptedException {
        throw new Todo(1, "Wait for a line; then hand out those that are there, the oldest first.");
    }

    /** How many lines wait. */
    public int size() {
        throw new Todo(1, "Tell how many lines wait.");
    }
}

package mqworkbook.cli.watch;

import java.time.Duration;

/**
 * Makes one of many: editors write a file several times for one save. Due when it has been quiet for a while, and at the
 * latest some time after the first. Times are those of {@link System#nanoTime()}.
 */
final class Debounce {

    private final long quiet;
    private final long longest;
    private boolean pending;
    private long first;
    private long last;

    Debounce(Duration quiet, Duration longest) {
        this.quiet = quiet.toNanos();
        this.longest = longest.toNanos();
    }

    /** Something was saved. */
    void saved(long now) {
        if (!pending) {
            pending = true;
            first = now;
        }
        last = now;
    }

    boolean pending() {
        return pending;
    }

    /** Nanoseconds until it is due, zero when it is; without anything pending, as long as can be waited. */
    long remaining(long now) {
        return pending ? Math.max(0, Math.min(last + quiet - now, first + longest - now)) : Long.MAX_VALUE;
    }

    /** What is pending is being dealt with. */
    void clear() {
        pending = false;
    }
}

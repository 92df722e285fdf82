package mqworkbook.async;

import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far one partition is, when its jobs are done in any order: jobs 5, 6 and 7 are begun, 7 and 5 are done; then 6 is
 * the next to be read by whoever takes over. Used by one thread.
 */
public final class Progress {

    /** Offsets that were begun and are not yet below the committable one; true when done. */
    private final NavigableMap<Long, Boolean> open = new TreeMap<>();

    private long next = -1;

    /** A job was begun. Offsets come in ascending order, with gaps (compaction, transactions). */
    public void begun(long offset) {
        open.put(offset, false);
    }

    /** A job that was begun is done, for good. */
    public void done(long offset) {
        open.replace(offset, true);
        while (!open.isEmpty() && open.firstEntry().getValue()) {
            next = open.pollFirstEntry().getKey() + 1;
        }
    }

    /** The offset to commit: all that was begun below it is done. Empty as long as nothing can be committed. */
    public OptionalLong committable() {
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }
}

// Alternative: only what is still open is kept, and the first of it is committed; with nothing open, what comes behind
// the
// last. Shorter, and right as long as jobs are begun in the order of their offsets.
package mqworkbook.async;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How far one partition is, when its jobs are done in any order: jobs 5, 6 and 7 are begun, 7 and 5 are done; then 6 is
 * the next to be read by whoever takes over. Used by one thread.
 */
public final class Progress {

    private final TreeSet<Long> open = new TreeSet<>();
    private OptionalLong behindTheLast = OptionalLong.empty();

    /** A job was begun. Offsets come in ascending order, with gaps (compaction, transactions). */
    public void begun(long offset) {
        open.add(offset);
        behindTheLast = OptionalLong.of(offset + 1);
    }

    /** A job that was begun is done, for good. */
    public void done(long offset) {
        open.remove(offset);
    }

    /** The offset to commit: all that was begun below it is done. Empty as long as nothing can be committed. */
    public OptionalLong committable() {
        return open.isEmpty() ? behindTheLast : OptionalLong.of(open.first());
    }
}

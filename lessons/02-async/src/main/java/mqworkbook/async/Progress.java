package mqworkbook.async;

import java.util.OptionalLong;
import mqworkbook.workbench.judge.Todo;

/**
 * How far one partition is, when its jobs are done in any order: jobs 5, 6 and 7 are begun, 7 and 5 are done; then 6 is
 * the next to be read by whoever takes over. Used by one thread.
 */
public final class Progress {

    /** A job was begun. Offsets come in ascending order, with gaps (compaction, transactions). */
    public void begun(long offset) {
        throw new Todo(5, "Remember a job that was begun.");
    }

    /** A job that was begun is done, for good. */
    public void done(long offset) {
        throw new Todo(5, "Remember that a job is done.");
    }

    /** The offset to commit: all that was begun below it is done. Empty as long as nothing can be committed. */
    public OptionalLong committable() {
        throw new Todo(5, "Say up to where everything is done.");
    }
}

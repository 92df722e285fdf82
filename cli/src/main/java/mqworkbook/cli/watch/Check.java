package mqworkbook.cli.watch;

import java.util.function.Consumer;

/** Judges the learner's code as it is. */
@FunctionalInterface
public interface Check {

    /**
     * Does it once.
     *
     * @param all whether to run also the steps behind one that is not done
     * @param progress is told what it is at
     */
    Verdict run(boolean all, Consumer<String> progress);
}

package mqworkbook.workbench.run;

import java.io.Serializable;
import java.time.Duration;

/**
 * What became of one test.
 *
 * @param step number of the step that it belongs to, 0 outside of steps
 * @param id the method behind it, as in {@link RunRequest#only()}
 * @param name its display name
 * @param state how it ended
 * @param duration how long it ran
 * @param sinceStep from the start of its step to the end of the test
 * @param error class of what it threw, or of a to-do or a missing broker behind it; empty when it passed
 * @param message its message, or why it was skipped; empty when it passed
 */
public record TestOutcome(
        int step,
        String id,
        String name,
        State state,
        Duration duration,
        Duration sinceStep,
        String error,
        String message)
        implements Serializable {

    /** How a test ended. */
    public enum State {
        PASSED,
        FAILED,
        SKIPPED
    }
}

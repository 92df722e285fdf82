package mqworkbook.workbench.judge.report;

import java.util.Optional;

/**
 * A failed test, or a failed container of tests.
 *
 * @param step empty outside of all steps
 * @param requirement the display name of what failed
 * @param thrown what it threw
 * @param storied whether its story is known
 */
public record Failure(Optional<StepResult> step, String requirement, Throwable thrown, boolean storied) {

    /** A failure without a story. */
    public Failure(Optional<StepResult> step, String requirement, Throwable thrown) {
        this(step, requirement, thrown, false);
    }
}

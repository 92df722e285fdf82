package mqworkbook.workbench.run;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one run showed.
 *
 * @param tests every test that ran or was skipped, in order
 * @param problem the learner's message for the first problem; empty when there is none
 * @param duration from the start of the run to its end
 * @param broken why the run could not be finished: the process died or hung; empty when it was finished
 */
public record RunResult(List<TestOutcome> tests, String problem, Duration duration, String broken)
        implements Serializable {

    public RunResult {
        tests = List.copyOf(tests);
    }

    /** Whether it was finished, at least one test passed and none failed. */
    public boolean green() {
        return broken.isEmpty() && firstFailure().isEmpty() && passed() > 0;
    }

    /** How many tests passed. */
    public long passed() {
        return tests.stream()
                .filter(test -> test.state() == TestOutcome.State.PASSED)
                .count();
    }

    /** The test that failed first. */
    public Optional<TestOutcome> firstFailure() {
        return tests.stream()
                .filter(test -> test.state() == TestOutcome.State.FAILED)
                .findFirst();
    }
}

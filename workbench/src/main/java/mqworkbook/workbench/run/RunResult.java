package mqworkbook.workbench.run;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one run showed.
 *
 * @param tests every test that ran or was skipped, in order
 * @param problem the learner's message for the first problem; empty when there is none
 * @param duration from the start of the run to its end
 * @param broken why the run could not be finished: the process died or hung; empty when it was finished
 * @param uses by method of the answer ({@code CLASS#METHOD} and descriptor, with binary names) the tests that used it, by
 *     {@link TestOutcome#id()}, or whole classes of tests; empty when it was not asked for
 */
public record RunResult(
        List<TestOutcome> tests, String problem, Duration duration, String broken, Map<String, Set<String>> uses)
        implements Serializable {

    public RunResult {
        tests = List.copyOf(tests);
        uses = Map.copyOf(uses);
    }

    /** A result without the use of methods. */
    public RunResult(List<TestOutcome> tests, String problem, Duration duration, String broken) {
        this(tests, problem, duration, broken, Map.of());
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

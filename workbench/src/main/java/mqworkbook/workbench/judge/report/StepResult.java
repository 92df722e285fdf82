package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of a step.
 *
 * @param number from 1
 * @param title the display name of its class
 * @param core whether it belongs to the lesson's core
 * @param minutes how long it takes a learner, about
 * @param write where the learner begins to write, "EventCodec#write"; may be empty
 * @param state how far it is
 * @param waitingFor the step that is not done, where this one waits; 0 elsewhere
 * @param methods how many test methods it has
 * @param tests what ran, in the order in which it ended
 */
public record StepResult(
        int number,
        String title,
        boolean core,
        int minutes,
        String write,
        StepState state,
        int waitingFor,
        int methods,
        List<TestResult> tests) {

    public StepResult {
        tests = List.copyOf(tests);
    }

    /** How many of its test methods passed, with all of their invocations. */
    public long passed() {
        Map<String, List<TestResult>> byMethod = tests.stream().collect(Collectors.groupingBy(TestResult::method));
        return byMethod.values().stream()
                .filter(runs -> runs.stream().allMatch(run -> run.state() == TestResult.State.PASSED))
                .count();
    }

    /** How many of its test methods were asked for. */
    public long asked() {
        long seen = methodsOf(tests);
        return seen == 0 ? methods : seen;
    }

    /** How many test methods these are of; what failed before a step's tests is of none. */
    static long methodsOf(List<TestResult> tests) {
        return tests.stream()
                .map(TestResult::method)
                .filter(method -> !method.isEmpty())
                .distinct()
                .count();
    }

    /** The first test that failed. */
    public Optional<Failure> firstFailure() {
        return tests.stream()
                .filter(test -> test.state() == TestResult.State.FAILED)
                .findFirst()
                .map(test -> new Failure(Optional.of(this), test.name(), test.failure(), test.story() != null));
    }
}

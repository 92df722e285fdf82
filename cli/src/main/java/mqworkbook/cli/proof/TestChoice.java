package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;

/**
 * Knows which tests can tell an answer from the reference. The others, which use nothing that is different, are as green as
 * they were with the reference.
 *
 * @param reference its classes
 * @param run its run, with the use of methods
 */
record TestChoice(Path reference, RunResult run) {

    /** Tests that use what the answer has changed. */
    Set<String> ofAllSteps(Path answer) {
        return upTo(Integer.MAX_VALUE, answer);
    }

    /** Tests up to a step that use what the answer has changed; empty when no test does, which is no choice. */
    Set<String> upTo(int step, Path answer) {
        Set<String> later = ids(test -> test.step() > step);
        return ChangedMethods.between(reference, answer).stream()
                .flatMap(method -> run.uses().getOrDefault(method, Set.of()).stream())
                .filter(test -> !later.contains(test))
                .collect(Collectors.toSet());
    }

    /** Those, and all tests of the step, as a learner at that step has them. */
    Set<String> withAllOf(int step, Path answer) {
        Set<String> tests = upTo(step, answer);
        if (!tests.isEmpty()) {
            tests.addAll(ids(test -> test.step() == step));
        }
        return tests;
    }

    private Set<String> ids(Predicate<TestOutcome> which) {
        return run.tests().stream().filter(which).map(TestOutcome::id).collect(Collectors.toSet());
    }
}

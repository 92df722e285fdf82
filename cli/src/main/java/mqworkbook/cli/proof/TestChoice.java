package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Tests that use what the answer has changed; empty when no test does, which is no choice. */
    Set<String> of(Path answer) {
        return ChangedMethods.between(reference, answer).stream()
                .flatMap(method -> run.uses().getOrDefault(method, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    /** Those, and all tests of a step, as a learner at that step has them. */
    Set<String> with(Path answer, int step) {
        Set<String> changed = of(answer);
        return changed.isEmpty()
                ? changed
                : Stream.concat(
                                changed.stream(),
                                run.tests().stream()
                                        .filter(test -> test.step() == step)
                                        .map(TestOutcome::id))
                        .collect(Collectors.toSet());
    }
}

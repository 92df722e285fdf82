package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of a lesson in one run.
 *
 * @param number two digits
 * @param title the lesson in one line
 * @param steps in the order of their numbers
 * @param outside what failed in no step: there is nothing to judge the answer by
 * @param selection whether only some tests or steps were chosen, so that it says nothing of the rest
 */
public record LessonResult(
        String number, String title, List<StepResult> steps, List<Failure> outside, boolean selection) {

    public LessonResult {
        steps = List.copyOf(steps);
        outside = List.copyOf(outside);
    }

    /** A result of all tests. */
    public LessonResult(String number, String title, List<StepResult> steps, List<Failure> outside) {
        this(number, title, steps, outside, false);
    }

    /** Whether everything that ran has passed, and something ran. */
    public boolean green() {
        return firstProblem().isEmpty()
                && steps.stream().anyMatch(step -> step.state() == StepState.DONE || step.state() == StepState.PARTLY);
    }

    /** Whether every step is done. */
    public boolean complete() {
        return green() && steps.stream().allMatch(step -> step.state() == StepState.DONE);
    }

    /** What the learner should look at: a failure outside of the steps, or else the first of the first red step. */
    public Optional<Failure> firstProblem() {
        Stream<Failure> inSteps = steps.stream().flatMap(step -> step.firstFailure().stream());
        return Stream.concat(outside.stream(), inSteps).findFirst();
    }
}

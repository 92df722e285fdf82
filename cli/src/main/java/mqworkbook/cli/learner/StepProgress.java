package mqworkbook.cli.learner;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import mqworkbook.workbench.answer.LessonOutline;
import mqworkbook.workbench.judge.report.StepState;

/**
 * How far a step is.
 *
 * @param step what it is
 * @param state in the last run; {@code NOT_RUN} without one
 * @param waitingFor the step that was not done, where this one waited; 0 elsewhere
 * @param passed how many of its test methods passed
 * @param methods how many test methods it has; 0 without a run
 * @param gaps how many places are still to be written for it
 */
public record StepProgress(
        @JsonUnwrapped LessonOutline.Step step, StepState state, int waitingFor, int passed, int methods, int gaps) {

    static StepProgress of(LessonOutline.Step step, Optional<LastResult> result, int gaps) {
        return result.map(last -> last.steps().get(step.number()))
                .map(last ->
                        new StepProgress(step, last.state(), last.waitingFor(), last.passed(), last.methods(), gaps))
                .orElseGet(() -> new StepProgress(step, StepState.NOT_RUN, 0, 0, 0, gaps));
    }

    public int number() {
        return step.number();
    }

    public boolean done() {
        return state == StepState.DONE && gaps == 0;
    }
}

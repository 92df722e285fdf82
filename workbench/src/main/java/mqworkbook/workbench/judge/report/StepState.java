package mqworkbook.workbench.judge.report;

import java.util.List;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.learner.Causes;

/** How far a step is. */
public enum StepState {
    /** All its tests passed. */
    DONE("done"),
    /** Its first failing test reached code that is still to be written. */
    TODO("to do"),
    /** A test failed. */
    WRONG("wrong"),
    /** A step before it is not done. */
    WAITING("waiting"),
    /** Some of its tests passed, and others were not asked for. */
    PARTLY("in part"),
    /** It was not asked for, or there was nothing to judge it with, or all its tests were skipped. */
    NOT_RUN("not run");

    private final String word;

    StepState(String word) {
        this.word = word;
    }

    /** As the learner reads it: "to do". */
    public String word() {
        return word;
    }

    /** The state of a step with that many test methods, of which these have run. */
    static StepState of(List<TestResult> tests, int methods) {
        return tests.stream()
                .filter(test -> test.state() == TestResult.State.FAILED)
                .findFirst()
                .map(test -> of(test.failure()))
                .orElseGet(() -> withoutFailure(tests, methods));
    }

    private static StepState withoutFailure(List<TestResult> tests, int methods) {
        if (tests.stream().noneMatch(test -> test.state() == TestResult.State.PASSED)) {
            return NOT_RUN;
        }
        return StepResult.methodsOf(tests) < methods ? PARTLY : DONE;
    }

    private static StepState of(Throwable failure) {
        if (Causes.first(failure, BrokerUnavailableException.class).isPresent()) {
            return NOT_RUN;
        }
        return Causes.first(failure, Todo.class).isPresent() ? TODO : WRONG;
    }
}

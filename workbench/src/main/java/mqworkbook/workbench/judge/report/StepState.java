package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Locale;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.learner.Causes;

/** How far a step is. */
public enum StepState {
    /** All its tests passed. */
    DONE,
    /** Its first failing test reached code that is still to be written. */
    TODO,
    /** A test failed. */
    WRONG,
    /** A step before it is not done. */
    WAITING,
    /** It was not asked for, or there was nothing to judge it with, or all its tests were skipped. */
    NOT_RUN;

    /** As the learner reads it: "to do". */
    public String word() {
        return name().replace('_', ' ').toLowerCase(Locale.ROOT).replace("todo", "to do");
    }

    /** The state of a step whose tests have run. */
    static StepState of(List<TestResult> tests) {
        return tests.stream()
                .filter(test -> test.state() == TestResult.State.FAILED)
                .findFirst()
                .map(test -> of(test.failure()))
                .orElse(tests.stream().anyMatch(test -> test.state() == TestResult.State.PASSED) ? DONE : NOT_RUN);
    }

    private static StepState of(Throwable failure) {
        if (Causes.first(failure, BrokerUnavailableException.class).isPresent()) {
            return NOT_RUN;
        }
        return Causes.first(failure, Todo.class).isPresent() ? TODO : WRONG;
    }
}

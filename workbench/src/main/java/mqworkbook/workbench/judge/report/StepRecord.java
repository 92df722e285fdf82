package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.workbench.judge.Step;

/** A step while it runs. */
final class StepRecord {

    private static final Pattern WAITING = Pattern.compile("waiting for step (\\d+)");

    private final String id;
    private final String title;
    private final boolean chosen;
    private final Step step;
    private final int methods;
    private final List<TestResult> tests = new ArrayList<>();
    private int waitingFor;

    /**
     * A step that has not begun.
     *
     * @param id JUnit's
     * @param chosen whether it is in the run's plan, with some of its tests at least
     * @param methods how many test methods it has, also when a run has chosen some of them
     */
    StepRecord(String id, String title, boolean chosen, Step step, int methods) {
        this.id = id;
        this.title = title;
        this.chosen = chosen;
        this.step = step;
        this.methods = methods;
    }

    String id() {
        return id;
    }

    boolean chosen() {
        return chosen;
    }

    void add(TestResult test) {
        tests.add(test);
    }

    void skipped(String reason) {
        Matcher waiting = WAITING.matcher(reason);
        if (waiting.find()) {
            waitingFor = Integer.parseInt(waiting.group(1));
        }
    }

    StepResult result() {
        return new StepResult(
                step.value(),
                title,
                step.core(),
                step.minutes(),
                step.write(),
                waitingFor > 0 ? StepState.WAITING : StepState.of(tests, methods),
                waitingFor,
                methods,
                tests);
    }
}

package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.workbench.judge.Step;
import org.junit.platform.launcher.TestIdentifier;

/** A step while it runs. */
final class StepRecord {

    private static final Pattern WAITING = Pattern.compile("waiting for step (\\d+)");

    private final TestIdentifier identifier;
    private final Step step;
    private final int methods;
    private final List<TestResult> tests = new ArrayList<>();
    private int waitingFor;

    /**
     * A step that has not begun.
     *
     * @param methods how many test methods it has
     */
    StepRecord(TestIdentifier identifier, Step step, int methods) {
        this.identifier = identifier;
        this.step = step;
        this.methods = methods;
    }

    String id() {
        return identifier.getUniqueId();
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
                identifier.getDisplayName(),
                step.core(),
                step.minutes(),
                step.write(),
                waitingFor > 0 ? StepState.WAITING : StepState.of(tests),
                waitingFor,
                methods,
                tests);
    }
}

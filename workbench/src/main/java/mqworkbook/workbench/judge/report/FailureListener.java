package mqworkbook.workbench.judge.report;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Prints the failures of the workbook's own tests, where the system property {@code workbook.failures} is true. Surefire's
 * own list is switched off for all modules (see {@code .mvn/maven.config}): it would follow the lesson's message.
 */
public final class FailureListener extends SummaryGeneratingListener {

    private static final int STACK_LINES = 20;

    /** Tests run launchers themselves; what fails inside of these is their own affair. */
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private boolean outermost;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        super.testPlanExecutionStarted(plan);
        outermost = Boolean.getBoolean("workbook.failures") && RUNNING.compareAndSet(false, true);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        super.testPlanExecutionFinished(plan);
        if (outermost) {
            RUNNING.set(false);
            PrintWriter console = new PrintWriter(System.out, true);
            getSummary().printFailuresTo(console, STACK_LINES);
            console.flush();
        }
    }
}

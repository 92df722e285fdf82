package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.TestClasses;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Tells the learner how far each lesson in the test plan is. JUnit finds it by the service loader, in Maven and in an IDE
 * alike. It is silent about plans without a {@link Lesson}.
 */
public final class LessonListener implements TestExecutionListener {

    private final LessonReport report;
    private final Map<String, LessonRecord> lessons = new LinkedHashMap<>();
    private final Map<String, Long> started = new LinkedHashMap<>();
    private final List<Failure> outside = new ArrayList<>();
    private TestPlan plan;

    /** Prints to the standard output, and writes the result file of the answer that this run judges. */
    public LessonListener() {
        this(new ConsoleReport());
    }

    /** Tells the report. */
    public LessonListener(LessonReport report) {
        this.report = report;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        lessons.clear();
        started.clear();
        outside.clear();
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier found : plan.getDescendants(root)) {
                TestClasses.of(found)
                        .flatMap(tests -> AnnotationSupport.findAnnotation(tests, Lesson.class))
                        .ifPresent(lesson -> lessons.put(
                                found.getUniqueId(), new LessonRecord(found, lesson, StepRecords.of(plan, found))));
            }
        }
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
        LessonRecord lesson = lessons.get(test.getUniqueId());
        if (lesson != null) {
            report.started(lesson.result());
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier skipped, String reason) {
        Place place = Place.of(skipped, plan, lessons);
        if (place.step() == null) {
            return;
        }
        if (place.isStep(skipped)) {
            place.step().skipped(reason);
            report.finished(place.step().result());
        } else {
            place.step().add(result(place, skipped, TestResult.State.SKIPPED, null, reason));
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier finished, TestExecutionResult result) {
        Place place = Place.of(finished, plan, lessons);
        Throwable thrown = result.getThrowable().orElse(null);
        boolean failed = result.getStatus() == Status.FAILED;
        if (place.step() == null) {
            if (failed) {
                failedOutside(place, finished, thrown);
            }
            return;
        }
        if (finished.isTest() || failed) {
            TestResult.State state = switch (result.getStatus()) {
                case SUCCESSFUL -> TestResult.State.PASSED;
                case FAILED -> TestResult.State.FAILED;
                case ABORTED -> TestResult.State.SKIPPED;
            };
            boolean skipped = state == TestResult.State.SKIPPED;
            String reason = skipped && thrown != null ? String.valueOf(thrown.getMessage()) : "";
            place.step().add(result(place, finished, state, failed ? thrown : null, reason));
        }
        if (place.isStep(finished)) {
            report.finished(place.step().result());
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        for (LessonRecord lesson : lessons.values()) {
            outside.forEach(failure -> lesson.failedOutside(failure.requirement(), failure.thrown()));
            report.finished(lesson.result());
        }
    }

    private void failedOutside(Place place, TestIdentifier failed, Throwable thrown) {
        if (place.lesson() == null) {
            outside.add(new Failure(Optional.empty(), failed.getDisplayName(), thrown));
        } else {
            place.lesson().failedOutside(failed.getDisplayName(), thrown);
        }
    }

    private TestResult result(
            Place place, TestIdentifier test, TestResult.State state, Throwable failure, String reason) {
        long now = System.nanoTime();
        long begin = started.getOrDefault(test.getUniqueId(), now);
        return new TestResult(
                place.method(),
                place.name(),
                state,
                failure,
                reason,
                (now - begin) / 1_000_000,
                failure == null ? null : Stories.of(begin, failure));
    }
}

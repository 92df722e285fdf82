package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Where a test belongs.
 *
 * @param lesson null outside of all lessons
 * @param step null outside of all steps
 * @param method identifies the test method in its step
 * @param name the display names from the test method down
 */
record Place(LessonRecord lesson, StepRecord step, String method, String name) {

    static Place of(TestIdentifier test, TestPlan plan, Map<String, LessonRecord> lessons) {
        List<TestIdentifier> path = pathTo(test, plan);
        for (int i = 0; i < path.size(); i++) {
            LessonRecord lesson = lessons.get(path.get(i).getUniqueId());
            if (lesson != null) {
                return inLesson(lesson, path.subList(i + 1, path.size()));
            }
        }
        return new Place(null, null, test.getUniqueId(), test.getDisplayName());
    }

    boolean isStep(TestIdentifier test) {
        return step != null && step.id().equals(test.getUniqueId());
    }

    private static Place inLesson(LessonRecord lesson, List<TestIdentifier> below) {
        StepRecord step = below.isEmpty() ? null : lesson.step(below.get(0).getUniqueId());
        List<TestIdentifier> methods = below.subList(Math.min(1, below.size()), below.size());
        if (methods.isEmpty()) {
            return new Place(lesson, step, "", below.isEmpty() ? "" : "before its tests");
        }
        String name = methods.stream().map(TestIdentifier::getDisplayName).collect(Collectors.joining(", "));
        return new Place(lesson, step, methods.get(0).getUniqueId(), name);
    }

    private static List<TestIdentifier> pathTo(TestIdentifier test, TestPlan plan) {
        List<TestIdentifier> path = new ArrayList<>();
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = plan.getParent(at.get())) {
            path.add(at.get());
        }
        Collections.reverse(path);
        return path;
    }
}

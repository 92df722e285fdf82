package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TestClasses;
import org.junit.jupiter.api.DisplayName;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * The steps of a lesson as its class has them: who runs a selection of tests, by an IDE's run button or Maven's {@code
 * -Dtest}, has a plan that holds no more than these, and a lesson is not done for that.
 */
final class StepRecords {

    private StepRecords() {}

    static List<StepRecord> of(TestPlan plan, TestIdentifier lesson) {
        Map<Class<?>, TestIdentifier> chosen = plan.getChildren(lesson).stream()
                .filter(child -> TestClasses.of(child).isPresent())
                .collect(Collectors.toMap(child -> TestClasses.of(child).orElseThrow(), Function.identity()));
        return TestClasses.of(lesson).stream()
                .flatMap(outer -> nested(outer).stream())
                .map(step -> record(step, chosen.get(step)))
                .toList();
    }

    private static List<Class<?>> nested(Class<?> lesson) {
        return ReflectionSupport.findNestedClasses(lesson, nested -> AnnotationSupport.isAnnotated(nested, Step.class));
    }

    private static StepRecord record(Class<?> tests, TestIdentifier chosen) {
        Step step = AnnotationSupport.findAnnotation(tests, Step.class).orElseThrow();
        String title = chosen == null
                ? AnnotationSupport.findAnnotation(tests, DisplayName.class)
                        .map(DisplayName::value)
                        .orElse(tests.getSimpleName())
                : chosen.getDisplayName();
        String id = chosen == null ? tests.getName() : chosen.getUniqueId();
        return new StepRecord(id, title, chosen != null, step, methods(tests));
    }

    private static int methods(Class<?> tests) {
        return ReflectionSupport.findMethods(
                        tests,
                        method -> AnnotationSupport.isAnnotated(method, Testable.class),
                        HierarchyTraversalMode.TOP_DOWN)
                .size();
    }
}

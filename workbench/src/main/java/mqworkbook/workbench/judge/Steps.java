package mqworkbook.workbench.judge;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds the lesson and the step that a test belongs to. */
final class Steps {

    /** What is in a lesson's class and in none of its steps. */
    static final int NONE = 0;

    private Steps() {}

    /** The class with {@link Lesson} around the context's class, or else the outermost class. */
    static Class<?> lesson(ExtensionContext context) {
        Class<?> outer = testClass(context);
        while (!outer.isAnnotationPresent(Lesson.class) && outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        return outer;
    }

    /** The number of the step around the context's class, or {@link #NONE}. */
    static int number(ExtensionContext context) {
        Class<?> at = testClass(context);
        while (at != null) {
            Optional<Step> step = AnnotationSupport.findAnnotation(at, Step.class);
            if (step.isPresent()) {
                return step.get().value();
            }
            at = at.getEnclosingClass();
        }
        return NONE;
    }

    /** A dynamic test has no class of its own; its factory's counts. */
    private static Class<?> testClass(ExtensionContext context) {
        Optional<ExtensionContext> at = Optional.of(context);
        while (at.isPresent()) {
            Optional<Class<?>> testClass = at.get().getTestClass();
            if (testClass.isPresent()) {
                return testClass.get();
            }
            at = at.get().getParent();
        }
        throw new IllegalArgumentException("no test class around " + context.getDisplayName());
    }
}

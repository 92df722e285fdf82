package mqworkbook.workbench.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which step each class of an answer was first used: initialised, in Java's sense, which comes before any of its code.
 * Classes are made to tell by {@link AnswerClasses}; a JVM judges one answer at a time.
 */
public final class FirstUse {

    private static final Map<String, Integer> STEPS = new ConcurrentHashMap<>();
    private static volatile int step;

    private FirstUse() {}

    /** Called by the class itself. */
    public static void of(String name) {
        STEPS.putIfAbsent(name, step);
    }

    static void reset() {
        STEPS.clear();
        step = 0;
    }

    static void inStep(int number) {
        step = number;
    }

    static Map<String, Integer> steps() {
        return Map.copyOf(STEPS);
    }
}

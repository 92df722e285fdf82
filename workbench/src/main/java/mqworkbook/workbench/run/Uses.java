package mqworkbook.workbench.run;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which tests have used each method of an answer, on whatever thread. Methods are made to tell by {@link TellingClasses}; a
 * JVM judges one answer at a time.
 */
public final class Uses {

    private static final Map<String, Set<String>> TESTS = new ConcurrentHashMap<>();
    private static volatile String test = "";

    private Uses() {}

    /**
     * Called by the method itself.
     *
     * @param method see {@link RunResult#uses()}
     */
    public static void of(String method) {
        Set<String> tests = TESTS.get(method);
        if (tests == null) {
            tests = TESTS.computeIfAbsent(method, absent -> ConcurrentHashMap.newKeySet());
        }
        // Read first: a property calls a method a hundred thousand times.
        if (!tests.contains(test)) {
            tests.add(test);
        }
    }

    static void reset() {
        TESTS.clear();
        test = "";
    }

    /** From now on, methods are used by this test, or by all tests of this class. */
    static void inTest(String name) {
        test = name;
    }

    static Map<String, Set<String>> all() {
        return TESTS.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, uses -> Set.copyOf(uses.getValue())));
    }
}

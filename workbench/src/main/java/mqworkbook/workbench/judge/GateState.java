package mqworkbook.workbench.judge;

import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Which steps of a lesson have failed in this run, and what that closes. */
final class GateState {

    private static final String ALL = "all";

    private final SortedSet<Integer> failed = new ConcurrentSkipListSet<>();
    private final SortedSet<Integer> stuck = new ConcurrentSkipListSet<>();
    private volatile boolean ran;
    private final boolean gated;
    private final boolean stopsAtFirst;
    private final int first;
    private final int last;

    private GateState(ExtensionContext context) {
        gated = !context.getConfigurationParameter("steps").orElse("").equals(ALL);
        stopsAtFirst =
                context.getConfigurationParameter("first", Boolean::valueOf).orElse(false);
        first = number(context, "from", Steps.NONE);
        last = number(context, "upto", Integer.MAX_VALUE);
    }

    /** The state of the lesson that the context's class belongs to; one for each run. */
    static GateState of(ExtensionContext context) {
        // In the root's store: two runs in one JVM, even of classes of the same name, share nothing.
        return context.getRoot()
                .getStore(Namespace.create(GateState.class))
                .computeIfAbsent(Steps.lesson(context), lesson -> new GateState(context), GateState.class);
    }

    /** A test begins. */
    void runs() {
        ran = true;
    }

    /** Whether no test has begun, and no failure of what comes before them says why. */
    boolean nothingRan() {
        return !ran && failed.isEmpty();
    }

    void failed(int step) {
        failed.add(step);
    }

    /** A test of the step did not come back. */
    void stuck(int step) {
        failed.add(step);
        stuck.add(step);
    }

    /** Whether further tests of the step would cost their whole time limit each. */
    boolean isStuck(int step) {
        return stuck.contains(step);
    }

    /** Whether a test has failed, and no other is wanted. */
    boolean stopped() {
        return stopsAtFirst && !failed.isEmpty();
    }

    /** Whether the step lies outside of those that are wanted. */
    boolean beyond(int step) {
        return step != Steps.NONE && step < first || step > last;
    }

    /** The first step before this one that has failed. */
    OptionalInt blocker(int step) {
        return gated && !failed.isEmpty() && failed.first() < step
                ? OptionalInt.of(failed.first())
                : OptionalInt.empty();
    }

    private static int number(ExtensionContext context, String parameter, int otherwise) {
        return context.getConfigurationParameter(parameter, text -> number(parameter, text))
                .orElse(otherwise);
    }

    private static Integer number(String parameter, String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(parameter + " takes the number of a step, and not \"" + text + "\"", e);
        }
    }
}

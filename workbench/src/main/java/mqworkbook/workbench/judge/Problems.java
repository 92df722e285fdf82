package mqworkbook.workbench.judge;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mqworkbook.workbench.judge.learner.Causes;
import mqworkbook.workbench.judge.learner.LearnerCode;

/**
 * What goes wrong outside of the test's own thread while a test runs: in a delivery callback, a listener, a thread of the
 * learner's. {@link Eventually} surfaces it at once, and no test passes over it.
 */
public final class Problems {

    /** The test that runs; null between tests. Tests run one after the other. */
    private static volatile Problems current;

    private final Queue<Throwable> reported = new ConcurrentLinkedQueue<>();

    private Problems() {}

    /**
     * Reports a problem of the test that runs, from any thread; dropped when no test runs. A {@link Todo} stays a to-do
     * and a {@link Wrong} a wrong answer, also as the cause of another exception.
     *
     * @param what one sentence without a full stop: what happened, and to whom
     */
    public static void report(String what, Throwable thrown) {
        Problems test = current;
        if (test != null) {
            test.reported.add(told(what, thrown));
        }
    }

    /**
     * Throws the first problem that was reported since the test began: a {@link Todo} before all others.
     *
     * @throws Todo if code was reached that is still to be written
     * @throws Wrong for any other problem
     */
    public static void throwIfAny() {
        Optional<Throwable> first = first();
        if (first.isPresent()) {
            if (first.get() instanceof Todo todo) {
                throw todo;
            }
            throw (Wrong) first.get();
        }
    }

    /** The problem that {@link #throwIfAny} would throw. */
    static Optional<Throwable> first() {
        Problems test = current;
        if (test == null) {
            return Optional.empty();
        }
        return test.reported.stream()
                .filter(Todo.class::isInstance)
                .findFirst()
                .or(() -> Optional.ofNullable(test.reported.peek()));
    }

    /** A test begins: from now on, what is reported is its own. */
    static void open() {
        current = new Problems();
    }

    /** The test is over. */
    static void close() {
        current = null;
    }

    static boolean isOpen() {
        return current != null;
    }

    private static Throwable told(String what, Throwable thrown) {
        Optional<Throwable> own = Causes.of(thrown).stream()
                .filter(cause -> cause instanceof Todo || cause instanceof Wrong)
                .findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        String where = LearnerCode.ofRun()
                .firstFrame(thrown)
                .map(frame -> "\nat " + LearnerCode.describe(frame))
                .orElse("");
        return Wrong.that(what).seen(name(thrown) + where).because(thrown);
    }

    private static String name(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        return thrown.getMessage() == null ? type : type + ": " + thrown.getMessage();
    }
}

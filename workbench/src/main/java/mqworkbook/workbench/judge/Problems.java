package mqworkbook.workbench.judge;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinWorkerThread;
import mqworkbook.workbench.judge.learner.Causes;
import mqworkbook.workbench.judge.learner.LearnerCode;

/**
 * What goes wrong outside of the test's own thread while a test runs: in a delivery callback, a listener, a thread of the
 * learner's. {@link Eventually} surfaces it at once, and no test passes over it.
 *
 * <p>What a thread reports that was started in an earlier test is dropped, so that the next test is not blamed for it. A
 * thread that was started between tests (that of a connection opened in {@code @BeforeAll}) or belongs to a fork-join
 * pool reports to the test that runs.
 */
public final class Problems {

    /** The test that runs; null between tests. Tests run one after the other. */
    private static volatile Problems current;

    /** The test in which a thread was started; threads get it from the thread that makes them. */
    private static final InheritableThreadLocal<Object> STARTED_IN = new InheritableThreadLocal<>();

    private final Queue<Throwable> reported = new ConcurrentLinkedQueue<>();

    private final Object test;
    private volatile Falsified falsified;

    private Problems(Object test) {
        this.test = test;
    }

    /**
     * Reports a problem of the test that runs, from any thread; dropped when no test runs. A {@link Todo} stays a to-do
     * and a {@link Wrong} a wrong answer, also as the cause of another exception; a {@link ProcessDied} is no problem.
     *
     * @param what one sentence without a full stop: what happened, and to whom
     */
    public static void report(String what, Throwable thrown) {
        Problems problems = current;
        if (problems != null && problems.isReportedBy(Thread.currentThread()) && !isDeath(thrown)) {
            problems.reported.add(told(what, thrown));
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

    /** The collection of the test that runs; null between tests. */
    static Problems current() {
        return current;
    }

    /** A property of the test was falsified; it may take long yet to find a smaller case. */
    void falsified(Throwable failure, String sample) {
        falsified = new Falsified(failure, sample);
    }

    /** What has falsified the running test's property, with the case in which it was seen. */
    static Optional<Throwable> falsified() {
        return Optional.ofNullable(current).map(test -> test.falsified).map(found -> {
            SampleTelling.tell(found.failure, found.sample);
            return found.failure;
        });
    }

    /** A test begins: from now on, what is reported is its own. To be called on the thread that runs the tests. */
    static void open() {
        Object test = new Object();
        STARTED_IN.set(test);
        current = new Problems(test);
    }

    /** The next dynamic test of the same factory begins; they share what was set up before the first. */
    static void openNext() {
        current = new Problems(current.test);
    }

    /** The test is over. */
    static void close() {
        STARTED_IN.remove();
        current = null;
    }

    static boolean isOpen() {
        return current != null;
    }

    private boolean isReportedBy(Thread thread) {
        Object startedIn = STARTED_IN.get();
        return startedIn == null || startedIn == test || thread instanceof ForkJoinWorkerThread;
    }

    private static boolean isDeath(Throwable thrown) {
        return Causes.of(thrown).stream().anyMatch(ProcessDied.class::isInstance);
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

    private record Falsified(Throwable failure, String sample) {}
}

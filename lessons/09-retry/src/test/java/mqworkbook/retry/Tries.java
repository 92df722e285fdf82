package mqworkbook.retry;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;

/** Work that fails as it is told, then succeeds, and counts how often it was tried. */
final class Tries implements Callable<String> {

    static final String RECEIPT = "R-17";

    /** Far beyond any limit: a loop without an end is ended here. */
    private static final int ENOUGH = 1_000;

    private final List<Exception> failures;
    private int count;

    Tries(List<Exception> failures) {
        this.failures = failures;
    }

    @Override
    public String call() throws Exception {
        count++;
        if (count > ENOUGH) {
            throw Wrong.that("A failing call is tried again without an end")
                    .seen("tried " + count + " times at once")
                    .means("While the gateway is down, each consumer calls it as fast as it can.")
                    .suspect("no limit");
        }
        if (count <= failures.size()) {
            throw failures.get(count - 1);
        }
        return RECEIPT;
    }

    int count() {
        return count;
    }

    /** What the learner's code throws; null when it throws nothing. */
    Exception run(int maxTries) {
        try {
            new ImmediateRetry(new FailureClassifier(), maxTries).run(this);
            return null;
        } catch (Todo todo) {
            throw todo;
        } catch (Exception e) {
            return e;
        }
    }

    void expect(int tries, int maxTries) {
        if (count == tries) {
            return;
        }
        String failed = failures.stream().limit(count).map(Failures::told).collect(Collectors.joining(", "));
        throw Wrong.that(
                        count > tries
                                ? "A call is tried more often than it may be"
                                : "A call that a further try would have mended is given up")
                .seen("with a limit of " + maxTries + " it was tried " + count + " times, and should be " + tries
                        + " times; its failures: " + (failed.isEmpty() ? "none" : failed))
                .means(
                        count > tries
                                ? "A declined card is charged again at once; a gateway that is down gets a multiple of its load."
                                : "A connection that was dropped costs the payment a minute in a retry queue.")
                .suspect(
                        count > tries
                                ? "retries counted in place of tries, or a failure that was not classified"
                                : "a limit that is reached one try too early, or a failure that was not classified");
    }

    void expectThrown(Exception expected, Exception thrown) {
        if (thrown != expected && expected == null) {
            throw Wrong.that("A call that succeeded in the end is reported as failed")
                    .seen("run() threw " + Failures.told(thrown));
        }
        if (thrown != expected) {
            throw Wrong.that("The failure of the last try is lost")
                    .seen("the last try failed with " + Failures.told(expected) + "; run() "
                            + (thrown == null ? "returned" : "threw " + Failures.told(thrown)))
                    .means(
                            thrown == null
                                    ? "A payment that was never made counts as made."
                                    : "Whoever decides what becomes of the payment sees another failure than there was.")
                    .suspect("a new exception, an older one, or none");
        }
    }
}

package mqworkbook.retry;

import java.util.concurrent.Callable;
import mqworkbook.workbench.judge.Todo;

/** Tries again at once, a few times: enough for a dropped connection, too little to do harm. */
public final class ImmediateRetry {

    private final FailureClassifier classifier;
    private final int maxTries;

    /**
     * A bounded retry.
     *
     * @param maxTries how often the work is tried in all, from 1
     */
    public ImmediateRetry(FailureClassifier classifier, int maxTries) {
        this.classifier = classifier;
        this.maxTries = maxTries;
    }

    /**
     * Runs the work, and runs it again at once while its failure is temporary and there are tries left.
     *
     * @return what the work returned
     * @throws Exception what the last try threw, as it is
     */
    public <T> T run(Callable<T> work) throws Exception {
        throw new Todo(2, "Run the work, and again at once while its failure is temporary, up to the limit.");
    }
}

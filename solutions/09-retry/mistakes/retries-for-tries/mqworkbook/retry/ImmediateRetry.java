// Mistake:   retries-for-tries
// Wrong:     The limit counts the retries and not the tries.
// Shows as:  The gateway gets half as much load again as was agreed.
// Caught in: step 2
// Says:      "more often than it may be"
package mqworkbook.retry;

import java.util.concurrent.Callable;
import mqworkbook.retry.payment.Failure;

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
        for (int tried = 1; ; tried++) {
            try {
                return work.call();
            } catch (Exception e) {
                // An unknown failure may be a bug of ours: repeating it at once only repeats the harm.
                if (tried > maxTries || classifier.classify(e) != Failure.TEMPORARY) {
                    throw e;
                }
            }
        }
    }
}

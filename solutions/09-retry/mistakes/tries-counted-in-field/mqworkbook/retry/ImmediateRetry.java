// Mistake:   tries-counted-in-field
// Wrong:     The tries are counted in a field, so that they are those of all payments together.
// Shows as:  On the first day it works. Then nothing is ever tried twice.
// Caught in: step 2
// Says:      "counted against the next"
package mqworkbook.retry;

import java.util.concurrent.Callable;
import mqworkbook.retry.payment.Failure;

/** Tries again at once, a few times: enough for a dropped connection, too little to do harm. */
public final class ImmediateRetry {

    private final FailureClassifier classifier;
    private final int maxTries;
    private int tried;

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
        while (true) {
            tried++;
            try {
                return work.call();
            } catch (Exception e) {
                // An unknown failure may be a bug of ours: repeating it at once only repeats the harm.
                if (tried >= maxTries || classifier.classify(e) != Failure.TEMPORARY) {
                    throw e;
                }
            }
        }
    }
}

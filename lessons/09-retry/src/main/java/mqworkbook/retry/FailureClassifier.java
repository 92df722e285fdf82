package mqworkbook.retry;

import mqworkbook.retry.payment.Failure;
import mqworkbook.workbench.judge.Todo;

/** Says what a failure means for the next attempt. The table stands at {@link Failure}. */
public final class FailureClassifier {

    /** Classifies a failure, however deep its cause lies. */
    public Failure classify(Throwable thrown) {
        throw new Todo(1, "Say whether a failure is temporary, permanent or unknown, by the table at Failure.");
    }
}

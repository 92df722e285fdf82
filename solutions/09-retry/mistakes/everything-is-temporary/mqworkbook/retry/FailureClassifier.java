// Mistake:   everything-is-temporary
// Wrong:     Every failure is tried again: "it will work next time".
// Shows as:  Declined cards are charged again and again, until the bank blocks the shop.
// Caught in: step 1
// Says:      "that is permanent was taken for temporary"
package mqworkbook.retry;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.GatewayException;

/** Says what a failure means for the next attempt. The table stands at {@link Failure}. */
public final class FailureClassifier {

    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    /** Classifies a failure, however deep its cause lies. */
    public Failure classify(Throwable thrown) {
        // Chains of causes with a loop are rare, and then a thread spins for ever.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable at = thrown; at != null && seen.add(at); at = at.getCause()) {
            Failure failure = known(at);
            if (failure != null) {
                return failure;
            }
        }
        return Failure.UNKNOWN;
    }

    /** What the table says of this very throwable; null where it says nothing. */
    private static Failure known(Throwable thrown) {
        if (thrown instanceof GatewayException answer) {
            return Failure.TEMPORARY;
        }
        if (thrown instanceof SocketException
                || thrown instanceof SocketTimeoutException
                || thrown instanceof SQLTransientException) {
            return Failure.TEMPORARY;
        }
        return Failure.TEMPORARY;
    }

    private static Failure of(int status) {
        if (PASSING.contains(status)) {
            return Failure.TEMPORARY;
        }
        return status >= 400 && status < 500 || status == 501 ? Failure.PERMANENT : Failure.UNKNOWN;
    }
}

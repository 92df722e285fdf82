// Mistake:   everything-is-permanent
// Wrong:     Every failure is final: nobody tells a declined card from a gateway that blinks.
// Shows as:  An outage of ten seconds, and ten seconds of payments lie among the dead letters.
// Caught in: step 1
// Says:      "that is temporary was taken for permanent"
package mqworkbook.retry;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.retry.payment.InvalidPaymentException;

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
                return Failure.PERMANENT;
            }
        }
        return Failure.UNKNOWN;
    }

    /** What the table says of this very throwable; null where it says nothing. */
    private static Failure known(Throwable thrown) {
        if (thrown instanceof GatewayException answer) {
            return of(answer.status());
        }
        if (thrown instanceof SocketException
                || thrown instanceof SocketTimeoutException
                || thrown instanceof SQLTransientException) {
            return Failure.TEMPORARY;
        }
        return thrown instanceof InvalidPaymentException ? Failure.PERMANENT : null;
    }

    private static Failure of(int status) {
        if (PASSING.contains(status)) {
            return Failure.TEMPORARY;
        }
        return status >= 400 && status < 500 || status == 501 ? Failure.PERMANENT : Failure.UNKNOWN;
    }
}

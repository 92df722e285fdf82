// Mistake:   every-exception-is-rollback
// Wrong:     Every exception of the local transaction is taken for "nothing was written".
// Shows as:  Each time that the database blinks during a commit, an order is paid of which nobody hears.
// Caught in: step 2
// Says:      "The order is placed, and the broker was told to throw its message away"; "O-"
package mqworkbook.transactions;

import javax.sql.DataSource;
import mqworkbook.transactions.shop.OrderRefusedException;
import org.apache.rocketmq.client.producer.LocalTransactionState;

/** What is to be said to the broker when a local transaction has thrown. */
final class Verdicts {

    Verdicts(DataSource database) {}

    /**
     * Rollback only where it is certain that nothing was committed and nothing will be. Not every exception says so.
     *
     * @param failure what {@link OrderBook#place} has thrown
     */
    LocalTransactionState afterFailure(String transactionId, Exception failure) {
        // A look into the database would not tell either: a commit whose answer was lost may still be on its way.
        return failure instanceof OrderRefusedException
                ? LocalTransactionState.ROLLBACK_MESSAGE
                : LocalTransactionState.ROLLBACK_MESSAGE;
    }
}

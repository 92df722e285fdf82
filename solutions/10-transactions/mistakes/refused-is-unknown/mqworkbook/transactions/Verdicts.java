// Mistake:   refused-is-unknown
// Wrong:     Whatever goes wrong is UNKNOW, a plain no of the shop too.
// Shows as:  The broker is full of half messages of refused orders, and asks about each for minutes.
// Caught in: step 2
// Says:      "The message of a refused order must be rolled back"; "O-"
package mqworkbook.transactions;

import javax.sql.DataSource;
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
        return LocalTransactionState.UNKNOW;
    }
}

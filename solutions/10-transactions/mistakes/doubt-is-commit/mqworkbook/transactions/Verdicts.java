// Mistake:   doubt-is-commit
// Wrong:     An exception after the commit was sent is taken for a commit.
// Shows as:  Each time that a commit fails, goods leave the house for an order that does not exist.
// Caught in: step 2
// Says:      "The broker was told to deliver a message about an order that is not there"; "O-"
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
                : LocalTransactionState.COMMIT_MESSAGE;
    }
}

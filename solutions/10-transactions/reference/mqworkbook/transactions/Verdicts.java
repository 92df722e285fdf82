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
                : LocalTransactionState.UNKNOW;
    }
}

package mqworkbook.transactions;

import javax.sql.DataSource;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.producer.LocalTransactionState;

/** What is to be said to the broker when a local transaction has thrown. */
final class Verdicts {

    private final DataSource database;

    Verdicts(DataSource database) {
        this.database = database;
    }

    /**
     * Rollback only where it is certain that nothing was committed and nothing will be. Not every exception says so.
     *
     * @param failure what {@link OrderBook#place} has thrown
     */
    LocalTransactionState afterFailure(String transactionId, Exception failure) {
        throw new Todo(2, "Say rollback where it is certain, and unknown where it is not.");
    }
}

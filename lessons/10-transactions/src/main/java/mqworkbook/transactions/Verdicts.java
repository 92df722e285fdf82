package mqworkbook.transactions;

import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.producer.LocalTransactionState;

/** What is to be said to the broker when a local transaction has thrown. */
final class Verdicts {

    private Verdicts() {}

    /**
     * Rollback only where it is certain that nothing was committed and nothing will be. Not every exception says so.
     *
     * @param failure what {@link OrderBook#place} has thrown
     */
    static LocalTransactionState afterFailure(Exception failure) {
        throw new Todo(2, "Say rollback where it is certain, and unknown where it is not.");
    }
}

// Mistake:   state-in-memory
// Wrong:     The listener remembers in a map what became of its transactions, as in the sample of the documentation.
// Shows as:  Each deploy loses the messages of the orders that were placed in its last second.
// Caught in: step 3
// Says:      "its order is committed"; "the answer must be COMMIT_MESSAGE"; "O-"
package mqworkbook.transactions;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** What RocketMQ's client calls: once the half message is stored, and whenever the broker asks what became of it. */
public final class OrderListener implements TransactionListener {

    private final DataSource database;
    private final Clock clock;
    private final Duration patience;
    private final Set<String> committed = ConcurrentHashMap.newKeySet();

    /** @param patience see {@link CheckBack} */
    public OrderListener(DataSource database, Clock clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Runs the local transaction. What it throws is for {@link Verdicts} (step 2) to judge.
     *
     * @param message the half message; the client has given it a transaction id
     * @param order the {@link Order} that {@link OrderService} has handed to the client
     */
    @Override
    public LocalTransactionState executeLocalTransaction(Message message, Object order) {
        String transactionId = message.getTransactionId();
        try {
            new OrderBook(database).place(transactionId, (Order) order);
            committed.add(transactionId);
            return LocalTransactionState.COMMIT_MESSAGE;
        } catch (Exception e) {
            return new Verdicts(database).afterFailure(transactionId, e);
        }
    }

    /** The broker has not heard what became of this half message, and asks. */
    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
        if (committed.contains(message.getTransactionId())) {
            return LocalTransactionState.COMMIT_MESSAGE;
        }
        return clock.millis() - message.getBornTimestamp() > patience.toMillis()
                ? LocalTransactionState.ROLLBACK_MESSAGE
                : LocalTransactionState.UNKNOW;
    }
}

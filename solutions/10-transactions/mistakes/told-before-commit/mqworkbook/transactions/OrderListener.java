// Mistake:   told-before-commit
// Wrong:     The half message is sent in the middle of the open database transaction, and the listener, which sees the
// row, says commit.
// Shows as:  Consumers hear of orders that are rolled back a moment later; goods leave the house for orders that do not
// exist.
// Caught in: step 1
// Says:      "A message tells of an order that is not there"; "O-"
package mqworkbook.transactions;

import java.time.Clock;
import java.time.Duration;
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
        // The transaction around this call has written the order already.
        return LocalTransactionState.COMMIT_MESSAGE;
    }

    /** The broker has not heard what became of this half message, and asks. */
    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
        return new CheckBack(database, clock, patience).verdict(message);
    }
}

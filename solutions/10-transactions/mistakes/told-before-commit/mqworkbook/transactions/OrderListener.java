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

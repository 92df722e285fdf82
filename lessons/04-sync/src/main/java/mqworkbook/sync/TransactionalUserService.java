package mqworkbook.sync;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.User;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Owns the users, and has no outbox: RocketMQ keeps the event back until the change is committed, and asks in doubt. */
public final class TransactionalUserService implements TransactionListener {

    private final DataSource database;
    private final TransactionMQProducer producer;
    private final SyncNames names;

    /**
     * A user service.
     *
     * @param producer knows the broker and its group, and nothing else; not started
     */
    public TransactionalUserService(DataSource database, TransactionMQProducer producer, SyncNames names) {
        this.database = database;
        this.producer = producer;
        this.names = names;
    }

    /** To be called before all else; from then on the broker may ask, also about what a process before this one did. */
    public void start() throws MQClientException {
        producer.setTransactionListener(this);
        producer.start();
    }

    /**
     * Registers or changes a user. When it returns, the change is committed, and its event will be seen.
     *
     * @throws SQLException if it is not made, or nobody can tell; where it was made, its event will be seen all the same
     */
    public void save(User user) throws SQLException, MQClientException {
        throw new Todo(6, "Promise an event with the next version, and send it with the change as local transaction.");
    }

    @Override
    public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
        throw new Todo(6, "Make the change if the promise still holds, note that it is made, and tell how it went.");
    }

    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
        throw new Todo(6, "Tell from the database alone whether the change was committed.");
    }
}

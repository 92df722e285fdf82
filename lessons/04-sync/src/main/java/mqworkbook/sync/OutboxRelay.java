package mqworkbook.sync;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** Brings what is in the outbox to the broker: all of it, each user's events in order, some of them perhaps twice. */
public final class OutboxRelay {

    private final DataSource database;
    private final DefaultMQProducer producer;
    private final SyncNames names;

    /**
     * A relay.
     *
     * @param producer is started, and is shut down by whoever has made it
     */
    public OutboxRelay(DataSource database, DefaultMQProducer producer, SyncNames names) {
        this.database = database;
        this.producer = producer;
        this.names = names;
    }

    /**
     * Publishes what is in the outbox and not noted as sent, and notes it: {@code sent_at}, or the row is gone. A
     * message has the event's text as body and its id as key. Called now and then, also by several processes at once,
     * and also while the broker is away: what cannot be sent stays for the next call.
     *
     * @return how many events were noted as sent
     */
    public int relay() throws SQLException, InterruptedException {
        throw new Todo(2, "Send what is not sent, in order for each user, and note what the broker has.");
    }
}

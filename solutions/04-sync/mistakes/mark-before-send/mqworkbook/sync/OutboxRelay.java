// Mistake:   mark-before-send
// Wrong:     The rows are noted as sent and committed, and then sent, so that no other relay takes them.
// Shows as:  Whenever a relay is restarted, the events that it had in its hands are lost.
// Caught in: step 2
// Says:      "is noted as sent, and the broker was away"
package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import mqworkbook.sync.user.InvalidEventException;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.UserEvent;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Brings what is in the outbox to the broker: all of it, each user's events in order, some of them perhaps twice. */
public final class OutboxRelay {

    private static final int BATCH = 100;

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

    private record Row(long id, String event) {}

    /**
     * Publishes what is in the outbox and not noted as sent, and notes it: {@code sent_at}, or the row is gone. A
     * message has the event's text as body and its id as key. Called now and then, also by several processes at once,
     * and also while the broker is away: what cannot be sent stays for the next call.
     *
     * @return how many events were noted as sent
     */
    public int relay() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int sent = isAlone(connection) ? relay(connection) : 0;
                connection.commit();
                return sent;
            } catch (SQLException | InterruptedException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** One relay at a time: two would overtake each other. The lock ends with the transaction, however that ends. */
    private static boolean isAlone(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT id FROM relay_lock FOR UPDATE SKIP LOCKED");
                ResultSet row = lock.executeQuery()) {
            return row.next();
        }
    }

    private int relay(Connection connection) throws SQLException, InterruptedException {
        List<Row> sent = unsent(connection);
        // Each by its own id: "all up to the last" would take along a row that was committed in the meantime.
        try (PreparedStatement mark =
                connection.prepareStatement("UPDATE outbox SET sent_at = CURRENT_TIMESTAMP WHERE id = ?")) {
            for (Row row : sent) {
                mark.setLong(1, row.id());
                mark.addBatch();
            }
            mark.executeBatch();
        }
        connection.commit();
        for (Row row : sent) {
            send(row);
        }
        return sent.size();
    }

    /** Asks what is unsent, not what comes after the last one: a slow transaction's row has a lower id than that. */
    private static List<Row> unsent(Connection connection) throws SQLException {
        List<Row> unsent = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, event FROM outbox WHERE sent_at IS NULL ORDER BY id FETCH FIRST " + BATCH + " ROWS ONLY")) {
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unsent.add(new Row(rows.getLong(1), rows.getString(2)));
                }
            }
        }
        return unsent;
    }

    private boolean send(Row row) throws InterruptedException {
        try {
            UserEvent event = UserEvent.parse(row.event());
            Message message =
                    new Message(names.users(), "", event.eventId(), row.event().getBytes(StandardCharsets.UTF_8));
            // Any other status says that the broker has it, but not safely: it is sent again.
            return producer.send(
                                    message,
                                    new SelectMessageQueueByHash(),
                                    event.state().userId())
                            .getSendStatus()
                    == SendStatus.SEND_OK;
        } catch (MQClientException | MQBrokerException | RemotingException e) {
            // It may be there all the same; sent again, it is there twice, which readers must bear anyway.
            return false;
        } catch (InvalidEventException e) {
            throw new IllegalStateException("outbox row " + row.id(), e);
        }
    }
}

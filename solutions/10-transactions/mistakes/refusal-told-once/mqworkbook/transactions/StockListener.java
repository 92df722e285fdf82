// Mistake:   refusal-told-once
// Wrong:     Only whoever decides tells of a refusal; when the message comes again, all is taken for done.
// Shows as:  A process dies between decision and message: the customer has paid, and gets neither the goods nor the
// money.
// Caught in: step 5
// Says:      "An order was refused, and the shop is never told"; "S-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Decision;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/** Hears of orders. What is refused is told by the {@link RefusalPublisher}. */
public final class StockListener implements MessageListenerConcurrently {

    private final DataSource database;
    private final Reservations reservations;
    private final RefusalPublisher refusals;

    public StockListener(DataSource database, RefusalPublisher refusals) {
        this.database = database;
        this.reservations = new Reservations(database);
        this.refusals = refusals;
    }

    private boolean isDecided(Order order) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT 1 FROM decisions WHERE order_id = ?")) {
            query.setString(1, order.orderId());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Answers success when everything about these messages is done and durable; else they come again. */
    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        try {
            for (MessageExt message : messages) {
                Order order = OrderMessages.order(message);
                if (isDecided(order)) {
                    continue;
                }
                if (reservations.decide(order) == Decision.REFUSED) {
                    refusals.publish(order);
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        } catch (Exception e) {
            // The broker brings it again, later each time, and sets it aside after 16 times.
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        }
    }
}

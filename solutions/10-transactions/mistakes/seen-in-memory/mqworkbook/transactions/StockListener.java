// Mistake:   seen-in-memory
// Wrong:     What was consumed is remembered in the memory of the listener.
// Shows as:  It was tested by sending a message twice. In production the second copy comes after the restart.
// Caught in: step 4
// Says:      "more than once"; "S-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/** Hears of orders. What is refused is told by the {@link RefusalPublisher}. */
public final class StockListener implements MessageListenerConcurrently {

    private final DataSource database;
    private final RefusalPublisher refusals;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public StockListener(DataSource database, RefusalPublisher refusals) {
        this.database = database;
        this.refusals = refusals;
    }

    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        try {
            for (MessageExt message : messages) {
                Order order = OrderMessages.order(message);
                if (!seen.contains(order.orderId())) {
                    if (!take(order)) {
                        refusals.publish(order);
                    }
                    seen.add(order.orderId());
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        } catch (Exception e) {
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        }
    }

    private boolean take(Order order) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE stock SET units = units - ? WHERE item = ? AND units >= ?")) {
            update.setInt(1, order.quantity());
            update.setString(2, order.item());
            update.setInt(3, order.quantity());
            return update.executeUpdate() > 0;
        }
    }
}

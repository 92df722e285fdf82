package mqworkbook.transactions;

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

    private final Reservations reservations;
    private final RefusalPublisher refusals;

    public StockListener(DataSource database, RefusalPublisher refusals) {
        this.reservations = new Reservations(database);
        this.refusals = refusals;
    }

    /** Answers success when everything about these messages is done and durable; else they come again. */
    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        try {
            for (MessageExt message : messages) {
                Order order = OrderMessages.order(message);
                // Published whether it was decided now or before: whoever decided may have died before this line.
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

package mqworkbook.transactions;

import java.util.List;
import javax.sql.DataSource;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/** Hears of orders. What is refused is told by the {@link RefusalPublisher} (step 5). */
public final class StockListener implements MessageListenerConcurrently {

    private final DataSource database;
    private final RefusalPublisher refusals;

    public StockListener(DataSource database, RefusalPublisher refusals) {
        this.database = database;
        this.refusals = refusals;
    }

    /** Answers success when everything about these messages is done and durable; else they come again. */
    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        throw new Todo(4, "Decide about each order, have what is refused published, and answer when all is done.");
    }
}

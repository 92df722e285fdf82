package mqworkbook.transactions;

import java.util.List;
import java.util.UUID;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** A process of the stock service whose messages come from the judge, as RocketMQ's client would bring them. */
final class StockProcess {

    private final DatabaseActor actor;
    private final StockListener listener;

    /** One that has nothing to publish. */
    StockProcess(String name, StockDatabase database) {
        this(name, database, new DefaultMQProducer("nobody"), ShopNames.of("direct-"));
    }

    StockProcess(String name, StockDatabase database, DefaultMQProducer producer, ShopNames names) {
        actor = new DatabaseActor(name, database.dataSource());
        listener = new StockListener(actor.dataSource(), new RefusalPublisher(producer, names));
    }

    DatabaseActor actor() {
        return actor;
    }

    /** A new message about this order; each has an id of its own. */
    static MessageExt message(Order order) {
        MessageExt message = new MessageExt();
        message.setTopic("direct-orders");
        message.setTags("PLACED");
        message.setKeys(order.orderId());
        message.setBody(OrderMessages.body(order));
        message.setMsgId(UUID.randomUUID().toString());
        return message;
    }

    /** Whether the message is done with, and does not come again. */
    boolean hears(MessageExt message) {
        try {
            ConsumeConcurrentlyStatus status = listener.consumeMessage(
                    List.of(message), new ConsumeConcurrentlyContext(new MessageQueue("direct-orders", "broker", 0)));
            return status == ConsumeConcurrentlyStatus.CONSUME_SUCCESS && !actor.isDead();
        } catch (Todo | Wrong e) {
            throw e;
        } catch (ProcessDied | Exception e) {
            return false;
        }
    }

    void expectDone(MessageExt message) {
        if (!hears(message)) {
            throw Wrong.that("A message is not consumed, though nothing fails")
                    .seen(OrderMessages.order(message).text() + ": the listener has not answered CONSUME_SUCCESS")
                    .means("It comes 16 times, and ends among the dead letters.");
        }
    }
}

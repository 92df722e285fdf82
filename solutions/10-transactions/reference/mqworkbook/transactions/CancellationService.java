package mqworkbook.transactions;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** The shop's own consumer: takes back what the stock service has refused. */
public final class CancellationService implements AutoCloseable {

    private final RocketMqAddress address;
    private final ShopNames names;
    private final Cancellations cancellations;

    private DefaultMQPushConsumer consumer;

    public CancellationService(RocketMqAddress address, ShopNames names, DataSource database) {
        this.address = address;
        this.names = names;
        this.cancellations = new Cancellations(database);
    }

    /** Begins to consume. */
    public void start() throws MQClientException {
        consumer = new DefaultMQPushConsumer(names.shopGroup(), address.login());
        consumer.setNamesrvAddr(address.nameServer());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(names.refusals(), "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> cancel(messages));
        consumer.start();
    }

    private ConsumeConcurrentlyStatus cancel(List<MessageExt> refusals) {
        try {
            for (MessageExt refusal : refusals) {
                cancellations.cancel(OrderMessages.order(refusal));
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        } catch (SQLException e) {
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.shutdown();
        }
    }
}

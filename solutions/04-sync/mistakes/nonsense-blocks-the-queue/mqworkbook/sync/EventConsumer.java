// Mistake:   nonsense-blocks-the-queue
// Wrong:     The orderly listener suspends its queue until a message succeeds, and what is no event never does.
// Shows as:  One message of a careless colleague, and a quarter of all users stand still from then on.
// Caught in: step 3
// Says:      "is never handled"; "no event"
package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.util.List;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.UserEvent;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** Hands the events of the topic to a handler, until each was handled. */
public final class EventConsumer implements AutoCloseable {

    private final DefaultMQPushConsumer consumer;
    private final SyncNames names;
    private final EventHandler handler;

    /**
     * A consumer.
     *
     * @param consumer knows the broker and its group, and nothing else; not started
     */
    public EventConsumer(DefaultMQPushConsumer consumer, SyncNames names, EventHandler handler) {
        this.consumer = consumer;
        this.names = names;
        this.handler = handler;
    }

    /**
     * Begins to consume, from the first event on that the topic has. What the handler cannot handle comes again; what is
     * no event at all keeps nobody waiting.
     */
    public void start() throws MQClientException {
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(names.users(), "*");
        consumer.registerMessageListener((MessageListenerOrderly) this::consume);
        consumer.start();
    }

    private ConsumeOrderlyStatus consume(List<MessageExt> messages, ConsumeOrderlyContext context) {
        try {
            for (MessageExt message : messages) {
                handler.handle(UserEvent.parse(new String(message.getBody(), StandardCharsets.UTF_8)));
            }
            return ConsumeOrderlyStatus.SUCCESS;
        } catch (Exception e) {
            return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
        }
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}

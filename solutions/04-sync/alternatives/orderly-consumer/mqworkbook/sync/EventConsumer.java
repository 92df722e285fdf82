// An orderly listener: what fails is tried again in place, and its queue waits. Nothing is out of order then but what
// two
// relays or a changed number of queues bring about. One would choose it where handlers fail seldom, and a late event is
// costly.
package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.util.List;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.InvalidEventException;
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

    private static final long PAUSE_MILLIS = 200;

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
                consume(message);
            }
            return ConsumeOrderlyStatus.SUCCESS;
        } catch (Exception e) {
            context.setSuspendCurrentQueueTimeMillis(PAUSE_MILLIS);
            return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
        }
    }

    private void consume(MessageExt message) throws Exception {
        UserEvent event;
        try {
            event = UserEvent.parse(new String(message.getBody(), StandardCharsets.UTF_8));
        } catch (InvalidEventException e) {
            // It will never be one, and its queue must not wait for that.
            return;
        }
        handler.handle(event);
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
